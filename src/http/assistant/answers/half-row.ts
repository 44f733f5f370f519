import { InvalidInputError } from '../../../domain/words/errors.ts'

type Texts = Readonly<Partial<Record<string, string | undefined>>>

/**
 * What a row says whose first choice is missing: undefined where it says nothing, or only what is
 * left of what the form showed, since the choice was taken back.
 */
export function halfRow(typed: Texts, names: readonly string[], shown: Texts): string | undefined {
  const said = names.filter((name) => (typed[name] ?? '') !== (shown[name] ?? ''))
  return said.map((name) => (typed[name] ?? '').trim()).find((text) => text !== '')
}

/**
 * Refuses a condition that has a value but nothing that it is about: without it, all would be taken.
 * @throws InvalidInputError
 */
export function requireNoHalf(typed: Texts, place: string, shown: Texts): void {
  const value = halfRow(typed, [`value-${place}`], shown)
  if (value === undefined) return
  const problem = { problem: 'no_column_chosen', place: place.replace('-', '.'), value } as const
  throw new InvalidInputError(problem, { at: ['filter'] })
}
