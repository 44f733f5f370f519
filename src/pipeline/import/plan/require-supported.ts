import { InvalidInputError } from '../../../domain/words/errors.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'

/**
 * Refuses the parts that no import carries out yet, so that none is passed over silently.
 * @throws InvalidInputError
 */
export function requireSupported(specification: ImportSpecification): void {
  const refuse = (...at: string[]) => {
    throw new InvalidInputError({ problem: 'unknown_part' }, { at })
  }
  for (const [name, { from }] of Object.entries(specification.fields)) {
    if (from?.kind === 'expression') refuse('fields', name, 'from')
  }
}
