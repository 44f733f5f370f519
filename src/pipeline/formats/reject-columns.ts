import type { Reject } from '../../domain/records/reject.ts'
import type { TableInfo } from '../../domain/records/table.ts'
import { finder } from '../values/find-name.ts'
import type { RejectsExport } from './source-reader.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'

/** Columns that Export rejects adds, and that a corrected file still has. */
export const REJECT_COLUMNS = [
  'reject_line',
  'reject_record',
  'reject_connector',
  'reject_field',
  'reject_code',
  'reject_message',
] as const

/** Has the text of a record that cannot be written in columns. */
export const RAW_COLUMN = 'reject_raw'

const ADDED = REJECT_COLUMNS.length

/** Stands before them where the records come from several files. */
const FILE_COLUMN = 'reject_file'

/** The names of the columns that an export of rejects adds. */
export function rejectColumns({ fileOf }: Pick<RejectsExport, 'fileOf'>): string[] {
  return [...(fileOf === undefined ? [] : [FILE_COLUMN]), ...REJECT_COLUMNS]
}

/** Column names for a source without a header: numbers, and the names of the reject columns. */
export function withRejectNames(firstRecord: string[]): string[] {
  const numbers = firstRecord.map((_, index) => String(index + 1))
  return areValues(firstRecord.slice(-ADDED))
    ? [...numbers.slice(0, -ADDED), ...REJECT_COLUMNS]
    : numbers
}

/** Names with the reject columns of a file behind all others; names in any order, if it has them. */
export function withRejectColumnsLast(names: string[], found: ReadonlySet<string>): string[] {
  if (!REJECT_COLUMNS.every((name) => found.has(name))) return names
  const own = names.filter((name) => !isRejectColumn(name))
  return [...own, ...(found.has(FILE_COLUMN) ? [FILE_COLUMN] : []), ...REJECT_COLUMNS]
}

export function isRejectColumn(name: string | undefined): boolean {
  return name === FILE_COLUMN || REJECT_COLUMNS.some((one) => one === name)
}

/** What the reject columns say of a reject, in their order. */
export function valuesOfReject(
  reject: Reject,
  { fileOf, text }: Pick<RejectsExport, 'fileOf' | 'text'>,
): (string | number)[] {
  const { line, record, connector, field, code } = reject
  const origin = fileOf === undefined ? [] : [fileOf(record)]
  return [...origin, line, record, connector, field ?? '', code, text(reject)]
}

/**
 * The source columns without the reject columns of an earlier export. They stay if the table has
 * them itself: by name or, without a header, by the same number of columns.
 */
export function withoutRejectColumns(
  header: string[],
  { header: isNamed }: Pick<ImportSpecification, 'header'>,
  table: TableInfo | undefined,
): string[] {
  const own = withoutRejectNames(header)
  if (own === undefined) return header
  const areTheTables = isNamed ? hasThem(table) && !areNames(own) : isAsWide(table, header.length)
  return areTheTables ? header : own
}

/** The columns before those of an exported reject file; undefined where it has none of these. */
export function withoutRejectNames(header: string[]): string[] | undefined {
  if (!areNames(header)) return undefined
  const own = header.slice(0, -ADDED)
  return own.at(-1) === FILE_COLUMN ? own.slice(0, -1) : own
}

function areNames(header: string[]): boolean {
  const tail = header.slice(-ADDED)
  return REJECT_COLUMNS.every((name, at) => tail[at] === name)
}

function areValues(tail: string[]): boolean {
  const [line = '', record = '', connector = '', , code = '', message = ''] = tail
  const isPlace = [line, record].every((number) => /^\d+$/.test(number))
  const isConnector = connector === 'text' || connector === 'database'
  return isPlace && isConnector && /^TLY-\d{4}$/.test(code) && message !== ''
}

function hasThem(table: TableInfo | undefined): boolean {
  const find = finder(table?.columns ?? [], ({ name }) => name)
  return REJECT_COLUMNS.every((name) => find(name) !== undefined)
}

function isAsWide(table: TableInfo | undefined, width: number): boolean {
  if (table === undefined) return false
  const filled = table.columns.filter(({ generated }) => !generated)
  return [table.columns.length, filled.length].includes(width)
}
