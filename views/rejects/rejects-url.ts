import type { MessageCode } from '../../src/domain/words/messages.ts'
import type { Reject } from '../../src/domain/records/reject.ts'
import type { Ui } from '../ground/ui.ts'

/** The state of the Rejects tab, as in its query. */
export type RejectState = {
  type?: Reject['type'] | undefined
  code?: MessageCode | undefined
  /** null: rejects of the whole record; an empty parameter in the query. */
  field?: string | null | undefined
  /** Cursor of the page; undefined is the first. */
  cursor?: string | undefined
}

export function rejectsUrl({ base }: Ui, jobId: number, state: RejectState = {}): string {
  return `${base}/jobs/${jobId}/rejects${queryOf(state)}`
}

/**
 * The URL of the rejects as a file; `spreadsheet` is a variant for reading, `repair` has only those
 * that are open.
 */
export function exportUrl(
  ui: Ui,
  jobId: number,
  state: RejectState,
  reader?: 'spreadsheet' | 'repair',
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
