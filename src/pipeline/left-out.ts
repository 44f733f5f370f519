import type { Message } from '../domain/messages.ts'
import type { ImportSpecification } from '../domain/specification.ts'
import type { TableInfo } from '../db/target.ts'
import { foldName, type Mapping } from './mapping.ts'

/**
 * Warns of the columns of a file that fill nothing, since what they hold is lost: a name may be spelt
 * otherwise, or the table has too few columns. What the table computes itself is not lost.
 */
export function leftOutWarning(
  { leftOut, fields }: Mapping,
  { columns }: TableInfo,
  { header }: Pick<ImportSpecification, 'header'>,
): Message[] {
  const computed = new Set(
    columns.filter(({ generated }) => generated).map(({ name }) => foldName(name)),
  )
  const lost = leftOut.filter((name) => !computed.has(foldName(name)))
  if (lost.length === 0) return []
  const names = lost.join(', ')
  if (header) return [{ code: 'TLY-1040', params: { columns: names } }]
  const found = fields.length + lost.length
  return [{ code: 'TLY-1041', params: { found, dropped: lost.length, columns: names } }]
}
