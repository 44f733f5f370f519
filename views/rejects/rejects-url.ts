import type { MessageCode } from '../../src/domain/words/messages.ts'
import type { Reject } from '../../src/domain/records/reject.ts'
import type { Ui } from '../ground/ui.ts'

/** What the Rejects tab shows, as it stands in its address. */
export type RejectState = {
  type?: Reject['type'] | undefined
  code?: MessageCode | undefined
  /** null are rejects that concern the whole record; the address has nothing there. */
  field?: string | null | undefined
  /** Which page; none is the first. */
  cursor?: string | undefined
}

export function rejectsUrl({ base }: Ui, jobId: number, state: RejectState = {}): string {
  return `${base}/jobs/${jobId}/rejects${queryOf(state)}`
}

/** Where they are a file; `spreadsheet` is one to read there. */
export function exportUrl(
  ui: Ui,
  jobId: number,
  state: RejectState,
  reader?: 'spreadsheet',
): string {
  const { cursor: _cursor, ...filter } = state
  return `${rejectsUrl(ui, jobId)}/export${queryOf(filter, reader)}`
}

function queryOf({ type, code, field, cursor }: RejectState, reader?: string): string {
  const query = new URLSearchParams()
  if (reader !== undefined) query.set('for', reader)
  if (type !== undefined) query.set('type', type)
  if (code !== undefined) query.set('code', code)
  if (field !== undefined) query.set('field', field ?? '')
  if (cursor !== undefined) query.set('cursor', cursor)
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

export function recordUrl({ base }: Ui, jobId: number, record: number): string {
  return `${base}/jobs/${jobId}/rejects/${record}`
}
