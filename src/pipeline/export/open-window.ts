import { setTimeout as pause } from 'node:timers/promises'
import {
  millisecondsLeft,
  type ChangeMark,
  type ChangeWindow,
  type LatestChange,
  type WantedChanges,
} from '../../domain/records/change-window.ts'
import type { TableInfo } from '../../domain/records/table.ts'
import type { Message } from '../../domain/words/messages.ts'
import { exportBatch, type State } from './resume-state.ts'
import type { ExportRun } from './export-run.ts'

type Changes = WantedChanges & { table: TableInfo }

/**
 * Decides what counts as changed in a differential export, and commits that before any row is read:
 * where one writes at a time, the commit waits for the writer, so that its rows are read.
 */
export async function openWindow(
  { store, ports, lastRun }: ExportRun,
  state: State,
  { table, ...wanted }: Changes,
): Promise<State | 'stop'> {
  const last = await lastRun()
  ports.announceLongStatement()
  const latest = await store.tables.latestChange(store.db, table.name, wanted)
  const now = new Date()
  const window: ChangeWindow = {
    field: wanted.field,
    after: last?.mark ?? null,
    upTo: latest.upTo ?? last?.mark ?? null,
  }
  const begun = { ...state, memo: { ...state.memo, window } }
  const journal = messagesOf(window, last?.job, latest)
  const end = await ports.commit(() => Promise.resolve(exportBatch(begun, { journal })))
  if (end === 'stop') return end
  if (window.upTo !== null) await pause(millisecondsLeft(window.upTo, now))
  return begun
}

function messagesOf(
  { field, after, upTo }: ChangeWindow,
  job: number | undefined,
  { isHeldBack, isBlind }: LatestChange,
): Message[] {
  const params = { field, up_to: textOf(upTo) }
  const since: Message =
    job === undefined || after === null
      ? { code: 'TLY-1047', params }
      : { code: 'TLY-1046', params: { ...params, job: String(job), after: textOf(after) } }
  return [
    since,
    ...(isHeldBack ? [{ code: 'TLY-1048', params } as const] : []),
    ...(isBlind ? [{ code: 'TLY-1049', params: { field } } as const] : []),
  ]
}

function textOf(mark: ChangeMark | null): string {
  return mark?.text ?? '–'
}
