import type { Encoding } from '../../../encodings/encoding-names.ts'
import type { GivenDialect } from '../dialect/dialect.ts'
import { spansOf } from '../tokenizer/general/general-spans.ts'
import { asScanned } from '../tokenizer/scan-text.ts'
import type { DamagedRecord } from './locate-error.ts'
import type { FieldSpans } from '../tokenizer/field-spans.ts'
import { boundaryFrom } from './excerpt.ts'
import { bytesOf, isBoundary, decode, unitsOf, type DecodedRun } from '../../../encodings/decode.ts'
import type { SourceColumn } from '../../../import/plan/source-columns.ts'

/** A record may be made of millions; nobody looks at so many. */
const MAX_FIELDS = 10_000

/** How a record is looked at: by the columns that its source has, and in its dialect. */
export type RecordOrigin = {
  columns: SourceColumn[]
  dialect: GivenDialect
  /** Bytes of it that follow and are not at hand. */
  rest?: number
}

/** A record whose fields can be told apart; a character that was cut off at its end is left out. */
export type OpenedRecord = DamagedRecord & { cutUnits: number }

export function openRecord(
  raw: Buffer,
  { columns, dialect, rest = 0 }: RecordOrigin,
): OpenedRecord {
  const { encoding } = dialect
  const all = unitsOf(raw, encoding)
  const units = rest > 0 ? withoutLastCharacter(all, encoding) : all
  const spans = spansOf(units, dialect, Math.max(MAX_FIELDS, columns.length + 1))
  return {
    units,
    encoding,
    delimiter: asScanned(dialect.delimiter, encoding) ?? dialect.delimiter,
    found: rest > 0 ? wholeOf(spans, units.length) : spans,
    columns,
    rest,
    cutUnits: all.length - units.length,
  }
}

/** Without the last character, of which a part may be cut off. */
function withoutLastCharacter(units: string, encoding: Encoding): string {
  let end = units.length - 1
  while (end > 0 && !isBoundary(units, end, encoding)) end--
  return units.slice(0, end)
}

/** A field that reaches up to where the text is cut is not all of it. */
function wholeOf(found: FieldSpans, length: number): FieldSpans {
  const { spans } = found
  return spans.at(-1)?.to === length
    ? { ...found, spans: spans.slice(0, -1), damage: undefined }
    : found
}

/**
 * `missing` where the record ends before the column, `unread` where it is damaged before it, `beyond`
 * where it does not end in what is at hand.
 */
export type OpenedValue =
  { pieces: DecodedRun[]; /** Bytes. */ leftOut: number } | 'missing' | 'unread' | 'beyond'

/** What stands in a column, from 0; of a longer value so many units. */
export function valueAt(record: OpenedRecord, index: number, longest: number): OpenedValue {
  const { encoding } = record
  const value = unitsAt(record, index)
  if (value === undefined) return absenceOf(record)
  if (value.length <= longest) return { pieces: decode(value, encoding), leftOut: 0 }
  const end = boundaryFrom(value, longest, encoding)
  return {
    pieces: decode(value.slice(0, end), encoding),
    leftOut: bytesOf(value.length - end, encoding),
  }
}

function absenceOf({ found, rest }: OpenedRecord): 'missing' | 'unread' | 'beyond' {
  if (found.damage !== undefined) return 'unread'
  return rest > 0 ? 'beyond' : 'missing'
}

function unitsAt({ units, found }: OpenedRecord, index: number): string | undefined {
  const { spans, values, damage } = found
  const span = spans[index]
  if (span === undefined) return undefined
  const isDamaged = damage !== undefined && index === spans.length - 1
  const written = units.slice(span.from, span.to)
  return isDamaged ? written : (values?.[index] ?? unquoted(written))
}

function unquoted(written: string): string {
  return written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written
}
