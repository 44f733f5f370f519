import { shorten } from '../../../domain/texts/shorten.ts'
import { UnusableError } from '../../../domain/words/errors.ts'
import type { Comparing } from '../../values/formats/comparing.ts'

/**
 * The key of a bound or a listed value of a field.
 * @throws UnusableError if the field cannot have it, or if it can be read as two
 */
export function givenKey(field: string, comparing: Comparing, text: string): string {
  const [key, other] = comparing.keysOfGiven(text)
  const value = shorten(text)
  if (key === undefined) throw new UnusableError({ problem: 'no_comparable', field, value })
  if (other !== undefined && comparing.isOrdered) {
    throw new UnusableError({ problem: 'two_meanings', field, value })
  }
  return key
}
