import type { MessageCode } from '../../src/domain/messages.ts'
import type { Reject } from '../../src/domain/reject.ts'
import type { Ui } from '../ui.ts'

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
  const query = new URLSearchParams()
  if (state.type !== undefined) query.set('type', state.type)
  if (state.code !== undefined) query.set('code', state.code)
  if (state.field !== undefined) query.set('field', state.field ?? '')
  if (state.cursor !== undefined) query.set('cursor', state.cursor)
  const text = query.toString()
  return `${base}/jobs/${jobId}/rejects${text === '' ? '' : `?${text}`}`
}

export function recordUrl({ base }: Ui, jobId: number, record: number): string {
  return `${base}/jobs/${jobId}/rejects/${record}`
}
