import type { Reject } from '../../domain/records/reject.ts'
import type { TableInfo } from '../../domain/records/table.ts'
import { finder } from '../values/find-name.ts'
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

const ADDED = REJECT_COLUMNS.length

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
  return [...names.filter((name) => !isRejectColumn(name)), ...REJECT_COLUMNS]
}

export function isRejectColumn(name: string | undefined): boolean {
  return REJECT_COLUMNS.some((one) => one === name)
}

/** What the reject columns say of a reject, in their order. */
export function valuesOfReject({ line, record, connector, field, code }: Reject, message: string) {
  return [line, record, connector, field ?? '', code, message] as const
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
  const own = header.slice(0, -ADDED)
  if (!areNames(header)) return header
  const areTheTables = isNamed ? hasThem(table) && !areNames(own) : isAsWide(table, header.length)
  return areTheTables ? header : own
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
