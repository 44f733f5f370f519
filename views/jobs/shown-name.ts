import { pictureOf } from '../../src/i18n/picture.ts'

/** Marks that turn the direction of what follows, so that `fdp.csv` can be shown as `csv.pdf`. */
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/g

/**
 * A file's name as it can be told from others: what cannot be seen is shown by a sign, and a name
 * that is written from the right leaves the words around it in their places.
 */
export function shownName(name: string): string {
  const seen = name.replace(/\p{Cc}/gu, pictureOf).replace(TURNS, '\ufffd')
  return `\u2068${seen}\u2069`
}
