import type { ImportSpecification } from '../../../../domain/specification/specification.ts'
import { finder } from '../../../values/find-name.ts'
import { columnsUsed } from '../../fields/made-fields.ts'
import type { LostField } from '../../fields/lost-fields.ts'
import { omittedColumns } from '../../fields/source-names.ts'
import { matchColumns } from '../../plan/mapping.ts'
import { guessAmong } from '../guess-columns.ts'
import type { OpenPreview } from '../open-preview.ts'

/**
 * The fields that lost their columns, each with the one that seems to be meant instead: a column of
 * the field's own name, else one that nothing uses and whose name means the same.
 * @param fitting the specification without what the file lacks
 */
export function guessLost(
  preview: OpenPreview,
  fitting: ImportSpecification,
  lost: readonly LostField[],
): LostField[] {
  const { header, names, table } = preview
  if (table === undefined) return [...lost]
  const specification = { ...fitting, operation: 'insert' as const }
  const { fields, sources } = matchColumns(header, table, specification)
  const fieldNamed = finder(table.columns, ({ name }) => name)
  const used = new Set([
    ...sources,
    ...columnsUsed(header, specification),
    ...omittedColumns(specification, names),
  ])
  const free = names.flatMap((name, index) => (used.has(index) ? [] : [{ name, index }]))
  const lacking = lost.flatMap(({ field }) => fieldNamed(field) ?? [])
  const unfilled = lacking.filter((one) => !fields.includes(one) && !one.generated)
  const guesses = guessAmong(preview, table, { columns: free, fields: unfilled })
  return lost.map(({ field: said, column }) => {
    const field = fieldNamed(said)?.name ?? said
    const own = names[sources[fields.findIndex(({ name }) => name === field)] ?? -1]
    return { field, column, guess: own ?? guesses.get(field) }
  })
}
