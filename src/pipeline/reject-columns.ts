import type { TableInfo } from '../db/target.ts'
import type { ImportSpecification } from '../domain/specification.ts'

/** Columns that Export rejects adds; a corrected file comes back with them. */
export const REJECT_COLUMNS = [
  'reject_line',
  'reject_record',
  'reject_connector',
  'reject_field',
  'reject_code',
  'reject_message',
] as const

const ADDED = REJECT_COLUMNS.length

/**
 * The columns of the source that are not the reject columns of an earlier export: without a header
 * they are known by what stands in the first record. A table may have columns of those names itself.
 */
export function withoutRejectColumns(
  header: string[],
  { header: isNamed }: Pick<ImportSpecification, 'header'>,
  table: TableInfo | undefined,
): string[] {
  const own = header.slice(0, -ADDED)
  const isAdded = isNamed
    ? areNames(header) && (areNames(own) || !hasThem(table))
    : areValues(header.slice(-ADDED)) && !isAsWide(table, header.length)
  return isAdded ? own : header
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
  const names = new Set(table?.columns.map(({ name }) => name.toLowerCase()))
  return REJECT_COLUMNS.every((name) => names.has(name))
}

function isAsWide(table: TableInfo | undefined, width: number): boolean {
  if (table === undefined) return false
  const filled = table.columns.filter(({ generated }) => !generated)
  return [table.columns.length, filled.length].includes(width)
}
