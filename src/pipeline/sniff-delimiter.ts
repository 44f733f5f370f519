import { swapped, type Encoding } from './encoding.ts'

/** In the order of preference where two are equally likely. */
export const CANDIDATES = [',', ';', '\t', '|'] as const
const LINES = 50
/** Of so many bytes at its beginning it is told how a source is written. */
export const SNIFF_BYTES = 64 * 1024

/**
 * The delimiter that splits most of the first lines into the same number of columns; of two, the
 * one that makes more columns. What other lines have and a header does not is none. A source of a
 * single column has none, and gets a comma.
 */
export function sniffDelimiter(
  firstBytes: Buffer,
  encoding: Encoding = 'utf-8',
  { header = false }: { header?: boolean } = {},
): string {
  const lines = countedLines(textOf(firstBytes, encoding))
  let best: string = ','
  let bestScore = 0
  for (const candidate of CANDIDATES) {
    if (header && !lines[0]?.has(candidate)) continue
    const score = scoreOf(lines.map((line) => line.get(candidate) ?? 0))
    if (score > bestScore) {
      best = candidate
      bestScore = score
    }
  }
  return bestScore === 0 && header ? (belowTitle(lines.slice(1)) ?? best) : best
}

const FEWEST_BELOW = 3

/** A first line without any may be a title: then each line below has the same number of delimiters. */
function belowTitle(lines: Map<string, number>[]): string | undefined {
  if (lines.length < FEWEST_BELOW) return undefined
  return CANDIDATES.find((candidate) => {
    const count = lines[0]?.get(candidate) ?? 0
    return count > 0 && lines.every((line) => line.get(candidate) === count)
  })
}

function textOf(bytes: Buffer, encoding: Encoding): string {
  if (encoding === 'utf-16le') return bytes.toString('utf16le')
  else if (encoding === 'utf-16be') return swapped(bytes).toString('utf16le')
  else return bytes.toString('latin1')
}

/** How often each candidate stands outside quotes, line by line. */
function countedLines(text: string): Map<string, number>[] {
  const lines: Map<string, number>[] = []
  let line = new Map<string, number>()
  let quoted = false
  let lineStart = 0
  for (let at = 0; at < text.length && lines.length < LINES; at++) {
    const character = text.charAt(at)
    if (quoted) {
      if (character === '"' && text.charAt(at + 1) === '"') at++
      else if (character === '"') quoted = false
    } else if (character === '"') {
      // A quote in the middle of a value is an inch or a mistake, and opens nothing.
      quoted = at === lineStart || isCandidate(text.charAt(at - 1))
    } else if (character === '\n' || character === '\r') {
      if (at > lineStart) lines.push(line)
      line = new Map()
      lineStart = at + 1
    } else if (isCandidate(character)) {
      line.set(character, (line.get(character) ?? 0) + 1)
    }
  }
  // The last line is probably cut, but better than nothing.
  return lines.length === 0 ? [line] : lines
}

function isCandidate(character: string): boolean {
  return CANDIDATES.some((candidate) => candidate === character)
}

/** The share of lines with the commonest count above none, in thousandths; then that count. */
function scoreOf(counts: number[]): number {
  let score = 0
  for (const count of new Set(counts)) {
    const share = counts.filter((other) => other === count).length / counts.length
    if (count > 0) score = Math.max(score, Math.round(share * 1000) + Math.min(count, 999) / 1000)
  }
  return score
}
