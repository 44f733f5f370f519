import type { TableInfo } from '../domain/records/table.ts'
import type { Message } from '../domain/words/messages.ts'

/** That a job may not see all rows of its table; nothing, where it does. */
export function hiddenWarning({ hidesRows }: TableInfo, called: string): Message[] {
  return hidesRows === true ? [{ code: 'TLY-1037', params: { table: called } }] : []
}
