import { InvalidInputError } from '../../../domain/words/errors.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'

/**
 * Refuses the parts that no import carries out yet, so that none is passed over silently.
 * @throws InvalidInputError
 */
export function requireSupported(specification: ImportSpecification): void {
  const { fields, filter, firstRecord, lastRecord } = specification
  const refuse = (...at: string[]) => {
    throw new InvalidInputError({ problem: 'unknown_part' }, { at })
  }
  for (const [name, { from, checks, sensitive }] of Object.entries(fields)) {
    if (from?.kind === 'expression') refuse('fields', name, 'from')
    if (checks.length > 0) refuse('fields', name, 'checks')
    if (sensitive) refuse('fields', name, 'sensitive')
  }
  if (filter !== null) refuse('filter')
  if (firstRecord !== 1) refuse('firstRecord')
  if (lastRecord !== null) refuse('lastRecord')
}
