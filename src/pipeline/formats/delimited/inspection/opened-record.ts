import type { Encoding } from '../../../encodings/encoding-names.ts'
import type { GivenDialect } from '../dialect/dialect.ts'
import { spansOf } from '../general/general-spans.ts'
import { asScanned } from '../scan/scan-text.ts'
import { locateError, type DamagedRecord } from './locate-error.ts'
import type { FieldSpans } from '../scan/field-spans.ts'
import {
  shownValue,
  type OpenedRecord,
  type OpenedValue,
  type SourceColumn,
} from '../../inspection/opened-record.ts'
import { isBoundary, unitsOf } from '../../../encodings/decode.ts'

/** Limits the fields shown, because a record may have millions. */
const MAX_FIELDS = 10_000

/** The columns and the dialect of the source of a record. */
export type RecordOrigin = {
  columns: SourceColumn[]
  dialect: GivenDialect
  /** Number of further bytes that are not available. */
  rest?: number | undefined
}

export function openRecord(
  raw: Buffer,
  { columns, dialect, rest = 0 }: RecordOrigin,
): OpenedRecord {
  const { encoding } = dialect
  const all = unitsOf(raw, encoding)
  const units = rest > 0 ? withoutLastCharacter(all, encoding) : all
  const spans = spansOf(units, dialect, Math.max(MAX_FIELDS, columns.length + 1))
  const record: DamagedRecord = {
    units,
    encoding,
    delimiter: asScanned(dialect.delimiter, encoding) ?? dialect.delimiter,
    found: rest > 0 ? wholeOf(spans, units.length) : spans,
    columns,
    rest,
  }
  return {
    units,
    encoding,
    columns,
    rest,
    width: record.found.spans.length,
    cutUnits: all.length - units.length,
    valueAt: (index, longest) => valueAt(record, index, longest),
    locate: (message) => locateError(message, record),
  }
}

/** Drops the last character, which may be truncated. */
function withoutLastCharacter(units: string, encoding: Encoding): string {
  let end = units.length - 1
  while (end > 0 && !isBoundary(units, end, encoding)) end--
  return units.slice(0, end)
}

/** Drops a last field that reaches the truncation, because it is incomplete. */
function wholeOf(found: FieldSpans, length: number): FieldSpans {
  const { spans } = found
  return spans.at(-1)?.to === length
    ? { ...found, spans: spans.slice(0, -1), damage: undefined }
    : found
}

function valueAt(record: DamagedRecord, index: number, longest: number): OpenedValue {
  const value = unitsAt(record, index)
  return value === undefined ? absenceOf(record) : shownValue(value, longest, record.encoding)
}

function absenceOf({ found, rest }: DamagedRecord): 'missing' | 'unread' | 'beyond' {
  if (found.damage !== undefined) return 'unread'
  return rest > 0 ? 'beyond' : 'missing'
}

function unitsAt({ units, found }: DamagedRecord, index: number): string | undefined {
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
