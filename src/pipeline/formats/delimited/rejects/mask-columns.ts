import { MASK } from '../../../../domain/records/mask.ts'
import { bytesOfUnits, unitsOf } from '../../../encodings/decode.ts'
import { dialect as dialectSchema, type GivenDialect } from '../dialect/dialect.ts'
import { spansOf } from '../general/general-spans.ts'
import { asScanned, marksOf } from '../scan/scan-text.ts'

/**
 * A record with the mask in place of the filled values of some columns; undefined if they cannot be
 * told apart.
 */
export function maskColumns(
  raw: Buffer,
  columns: ReadonlySet<number>,
  given: GivenDialect,
): Buffer | undefined {
  const dialect = dialectSchema.parse(given)
  const { encoding, delimiter, quote, escape, comment, recordEnd } = dialect
  const marks = [delimiter, quote, escape, comment, recordEnd].join('')
  const mask = asScanned(MASK, encoding)
  if (mask === undefined || marks.includes(MASK.charAt(0))) return undefined
  const units = unitsOf(raw, encoding)
  const { spans, damage } = spansOf(units, dialect, Infinity)
  if (damage !== undefined) return undefined

  const { open, close } = marksOf(dialect)
  let masked = ''
  let done = 0
  for (const [index, { from, to }] of spans.entries()) {
    if (!columns.has(index) || from === to) continue
    const isQuoted = open !== '' && units.startsWith(open, from)
    masked += units.slice(done, from) + (isQuoted ? open + mask + close : mask)
    done = to
  }
  return bytesOfUnits(masked + units.slice(done), encoding)
}
