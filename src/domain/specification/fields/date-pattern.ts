/** A piece of a date pattern: a part of a time by its letters, or a text as it is. */
export type DatePiece = { letters: DateLetters } | { text: string }

/** The letters of Unicode's date patterns (UTS #35) that a pattern may have. */
export const DATE_LETTERS = [
  'yyyy',
  'yy',
  'MMMM',
  'MMM',
  'MM',
  'M',
  'dd',
  'd',
  'HH',
  'H',
  'hh',
  'h',
  'mm',
  'ss',
  'SSS',
  'a',
  'XXX',
] as const
export type DateLetters = (typeof DATE_LETTERS)[number]

const PIECE = /([a-zA-Z])\1*|'((?:[^']|'')*)'|[^a-zA-Z']+|'/g

/**
 * Parses a pattern such as `dd/MM/yyyy HH:mm`; other letters stand in single quotes. Undefined if
 * it has unknown letters, names a part of a date twice, or does not name a whole date.
 */
export function parseDatePattern(pattern: string): DatePiece[] | undefined {
  const pieces: DatePiece[] = []
  for (const [whole, letter, quoted] of pattern.matchAll(PIECE)) {
    if (whole === "'") return undefined
    if (letter === undefined) {
      pieces.push({ text: quoted === undefined ? whole : quoted.replaceAll("''", "'") || "'" })
      continue
    }
    const letters = DATE_LETTERS.find((known) => known === whole)
    if (letters === undefined) return undefined
    pieces.push({ letters })
  }
  return isWholeDate(pieces) ? pieces : undefined
}

function isWholeDate(pieces: DatePiece[]): boolean {
  const parts = pieces.flatMap((piece) => ('letters' in piece ? [partOf(piece.letters)] : []))
  const has = (part: string) => parts.includes(part)
  const isOnce = new Set(parts).size === parts.length
  const isClock = (!has('m') || has('H')) && (!has('s') || has('m')) && (!has('S') || has('s'))
  const isHalfDay = pieces.some((piece) => 'letters' in piece && piece.letters.startsWith('h'))
  return (
    isOnce &&
    has('y') &&
    has('M') &&
    has('d') &&
    isClock &&
    has('a') === isHalfDay &&
    (!has('X') || has('m')) &&
    (!has('H') || has('m')) &&
    !pieces.some((piece, at) => isUnbounded(piece) && isDigits(pieces[at + 1]))
  )
}

/** Two hours in one pattern are the same part twice. */
function partOf(letters: DateLetters): string {
  const letter = letters.charAt(0)
  return letter === 'h' ? 'H' : letter
}

/** A number of one or two digits cannot be told from digits that follow it. */
function isUnbounded(piece: DatePiece): boolean {
  return 'letters' in piece && ['d', 'M', 'H', 'h'].includes(piece.letters)
}

function isDigits(piece: DatePiece | undefined): boolean {
  if (piece === undefined) return false
  return 'text' in piece
    ? /^\d/.test(piece.text)
    : !['MMM', 'MMMM', 'a', 'XXX'].includes(piece.letters)
}
