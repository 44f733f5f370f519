import { MASK } from '../../../../domain/records/mask.ts'
import { isMultibyte, isUtf16 } from '../../../encodings/encoding-names.ts'
import { quotePair, dialect as dialectSchema, type GivenDialect } from '../dialect/dialect.ts'
import { spansOf } from '../general/general-spans.ts'

/**
 * A record with the mask in place of the filled values of some columns; undefined if they cannot be
 * told apart byte by byte.
 */
export function maskColumns(
  raw: Buffer,
  columns: ReadonlySet<number>,
  given: GivenDialect,
): Buffer | undefined {
  const dialect = dialectSchema.parse(given)
  const { encoding, delimiter, quote, escape, comment, recordEnd } = dialect
  const marks = [delimiter, quote, escape, comment, recordEnd].join('')
  if (isUtf16(encoding) || isMultibyte(encoding) || marks.includes(MASK.charAt(0))) return undefined
  const units = raw.toString('latin1')
  const { spans, damage } = spansOf(units, dialect, Infinity)
  if (damage !== undefined) return undefined

  const { open, close } = quotePair(dialect)
  const [opens, closes] = [Buffer.from(open), Buffer.from(close)].map((mark) =>
    mark.toString('latin1'),
  )
  let masked = ''
  let done = 0
  for (const [index, { from, to }] of spans.entries()) {
    if (!columns.has(index) || from === to) continue
    const isQuoted = open !== '' && units.startsWith(opens ?? '', from)
    masked += units.slice(done, from) + (isQuoted ? `${opens}${MASK}${closes}` : MASK)
    done = to
  }
  return Buffer.from(masked + units.slice(done), 'latin1')
}
