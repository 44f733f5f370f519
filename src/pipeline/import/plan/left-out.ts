import type { Message } from '../../../domain/words/messages.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { Mapping } from './mapping.ts'

/**
 * Warns of source columns that fill no field, because their data is lost: a name may be misspelt,
 * or the table has too few columns. Columns that the table computes are not lost.
 */
export function leftOutWarning(
  { leftOut, fields, computed }: Mapping,
  { header }: Pick<ImportSpecification, 'header'>,
): Message[] {
  if (leftOut.length === 0) return []
  const columns = leftOut.join(', ')
  if (header) return [{ code: 'TLY-1040', params: { columns } }]
  const found = fields.length + computed.length + leftOut.length
  return [{ code: 'TLY-1041', params: { found, dropped: leftOut.length, columns } }]
}
