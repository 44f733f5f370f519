import { InvalidInputError } from '../../../domain/words/errors.ts'
import { Refusals } from '../../../domain/words/refusals.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { CheckedSample } from '../../../pipeline/import/preview/check-sample.ts'

/**
 * Leads nobody on while values could be read in two ways.
 * @param specification with the names of fields as the table has them
 * @throws InvalidInputError for all such columns
 */
export function requireFormats(
  { columns, table }: CheckedSample,
  { fields }: ImportSpecification,
): void {
  const refusals = new Refusals()
  const texts = table.columns.filter(({ type }) => type === 'text').map(({ name }) => name)
  for (const { name: column, field = '', format: guess } of columns) {
    // A new table may take them as texts, as they are.
    const isChosen = (fields[field]?.format ?? null) !== null || texts.includes(field)
    if (guess.kind !== 'ambiguous' || isChosen) continue
    const problem = guess.of
    const at = ['fields', field, 'format']
    refusals.try(() => {
      throw new InvalidInputError({ problem, column }, { at })
    })
  }
  refusals.end()
}
