import { NO_CHARACTER } from '../../../../domain/formats/delimited/delimited-options.ts'
import { dialect as dialectSchema, type Dialect, type GivenDialect } from '../dialect/dialect.ts'
import { BACKSLASH, OTHER_QUOTES, sniffEscape, sniffQuote } from './sniff-quote.ts'
import { sampleRows, type SampleRow, type SampleText } from './sample-rows.ts'
import { CANDIDATES, damagedIn, haveOneWidth, scoreOf, tableBelow } from './score.ts'
import { asScanned } from '../scan/scan-text.ts'

/** Tried only if no common delimiter splits the lines. */
const RARE = ['\x01', ' '] as const
/** Characters that sniffing may take for a delimiter, quote or escape. */
export const MAY_BE_MARKS = [...CANDIDATES, ...RARE, ...OTHER_QUOTES, BACKSLASH].join('')

/** Minimum words per line, and lines, for a space as the delimiter; fewer may be chance. */
const LEAST_WORDS = 3
const LEAST_LINES = 5

/** The dialect options that are given; null ones are sniffed. */
export type Asked = Omit<Dialect, 'delimiter' | 'quote' | 'escape'> & {
  delimiter: string | null
  quote: string | null
  escape: string | null
  header: boolean
}

export type Sniffed = {
  dialect: Dialect
  /** Confidence in the delimiter, from 0 to 1. */
  confidence: number
  /** Other possible delimiters, the most likely first. */
  alternatives: string[]
}

type Try = { delimiter: string; score: number }

/**
 * Sniffs the dialect from the beginning of a source. A delimiter must occur in the header too, or
 * in nearly all lines below one or more that have none. A single column has none, and gets a comma.
 */
export function sniffDialect(sample: SampleText, asked: Asked): Sniffed {
  const usual: Dialect = dialectSchema.parse({
    ...asked,
    delimiter: asked.delimiter ?? ',',
    quote: asked.quote ?? '"',
    escape: escapeBeside(asked.quote ?? '"', asked.escape ?? NO_CHARACTER),
  } satisfies GivenDialect)
  const tries = asked.delimiter === null ? tryDelimiters(sample, usual, asked) : []
  const [best] = tries
  const delimiter = best === undefined ? usual.delimiter : widened(sample, usual, best.delimiter)
  const found = { ...usual, delimiter }
  const quote = asked.quote ?? sniffQuote(sample, found)
  const quoted = { ...found, quote }
  const escape = asked.escape ?? sniffEscape(sample, quoted)
  return {
    dialect: { ...quoted, escape: escapeBeside(quote, escape) },
    confidence: asked.delimiter === null ? confidenceOf(sample, tries) : 1,
    alternatives: tries.slice(1).map((one) => one.delimiter),
  }
}

/** A quote that escapes itself is a doubled one, which needs no escape. */
function escapeBeside(quote: string, escape: string): string {
  return escape === quote ? NO_CHARACTER : escape
}

/** Delimiters that split the lines, the best first. */
function tryDelimiters(sample: SampleText, usual: Dialect, { header, quote }: Asked): Try[] {
  const scored = (delimiter: string, rowsOf: (rows: SampleRow[]) => SampleRow[]): Try[] => {
    if (asScanned(delimiter, usual.encoding) === undefined || delimiter === quote) return []
    const score = Math.max(
      ...(quote === null ? ['"', "'", NO_CHARACTER] : [quote]).map((one, at) => {
        const rows = rowsOf(sampleRows(sample, { ...usual, delimiter, quote: one }))
        const isSplit = !header || (rows[0]?.fields?.length ?? 2) > 1
        // If the double quote explains the rows equally well, it wins.
        return isSplit ? scoreOf(rows, delimiter) * (at === 0 ? 1 : 0.9) : 0
      }),
    )
    return score > 0 ? [{ delimiter, score }] : []
  }
  const all = (rows: SampleRow[]) => rows
  const tries = CANDIDATES.flatMap((one) => scored(one, all))
  const best = Math.max(0, ...tries.map(({ score }) => score))
  const rare = RARE.filter((one) => isRareDelimiter(sample, usual, one))
  tries.push(...rare.flatMap((one) => scored(one, all)).filter(({ score }) => best < score / 2))
  // Then the first line may be a title in one cell, which the head asks about.
  if (tries.length === 0 && header) {
    tries.push(...CANDIDATES.flatMap((one) => scored(one, tableBelow)))
  }
  return tries.sort((a, b) => b.score - a.score)
}

function isRareDelimiter(sample: SampleText, usual: Dialect, delimiter: string): boolean {
  if (!sample.text.includes(delimiter)) return false
  const rows = sampleRows(sample, { ...usual, delimiter })
  if (delimiter !== ' ') return haveOneWidth(rows)
  const words = rows[0]?.fields?.length ?? 0
  const isQuoted = rows.every(({ quoted }) => quoted > 0) && damagedIn(rows) === 0
  const isTable = words >= LEAST_WORDS && haveOneWidth(rows)
  return rows.length >= LEAST_LINES && words > 1 && (isQuoted || isTable)
}

/** Extends the delimiter by what always follows it: a space before quotes, or the same mark. */
function widened(sample: SampleText, usual: Dialect, delimiter: string): string {
  const rows = sampleRows(sample, { ...usual, delimiter })
  if (usual.mergeDelimiters || rows.length < 2) return delimiter

  const withBlank = sampleRows(sample, { ...usual, delimiter: `${delimiter} ` })
  const isMended = damagedIn(withBlank) < damagedIn(rows) && scoreOf(withBlank, delimiter) > 0
  if (!usual.trim && delimiter !== ' ' && isMended) return `${delimiter} `

  const twice = sampleRows(sample, { ...usual, delimiter: delimiter + delimiter })
  const isDoubled =
    delimiter === '|' &&
    haveOneWidth(twice) &&
    rows.every(({ fields = [] }) => fields.every((field, at) => at % 2 === 0 || field === '')) &&
    (twice[0]?.fields?.length ?? 1) > 1
  return isDoubled ? delimiter + delimiter : delimiter
}

function confidenceOf({ text }: SampleText, [best, second]: Try[]): number {
  if (best === undefined) return CANDIDATES.some((one) => text.includes(one)) ? 0.5 : 1
  return best.score / (best.score + (second?.score ?? 0))
}
