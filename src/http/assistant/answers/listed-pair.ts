import { InvalidInputError } from '../../../domain/words/errors.ts'

/** An equals sign, as a form writes it, goes before arrows: a value may have one of these. */
const SIGNS = ['=', '→', '->']

/**
 * The two texts of each line of a list, such as `old = new`; lines without a text are left out.
 * @param at where a refusal belongs
 * @throws InvalidInputError for a line with no sign between two texts: which value it gives is not said
 */
export function listedPairs(text: string, at: readonly string[]): [string, string][] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  return lines.map((line) => {
    const sign = SIGNS.find((one) => line.includes(one))
    if (sign === undefined) {
      throw new InvalidInputError({ problem: 'no_listed_pair', text: line.trim() }, { at: [...at] })
    }
    const place = line.indexOf(sign)
    return [line.slice(0, place).trim(), line.slice(place + sign.length).trim()]
  })
}
