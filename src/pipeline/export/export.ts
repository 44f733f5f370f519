import { rm } from 'node:fs/promises'
import { kindOf } from '../../db/kind.ts'
import { windowFilter } from '../../domain/records/change-window.ts'
import type { ColumnInfo, TableInfo } from '../../domain/records/table.ts'
import { isSorted, type RowsWanted } from '../../domain/records/rows-wanted.ts'
import type { ExportRows } from '../../db/export-rows.ts'
import type { JobKind } from '../../domain/jobs/job.ts'
import { JobFailure } from '../../domain/words/failures.ts'
import { STANDARD_OUTPUT, STANDARD_STREAM } from '../../domain/specification/specification.ts'
import { BATCH, exportBatch, freshState, resumedState, type State } from './resume-state.ts'
import { writeRows, type ExportPart } from './export-rows.ts'
import {
  discardPart,
  isIn,
  isThere,
  PartFile,
  publishSealed,
  type ResultPlace,
} from './part-file.ts'
import { chooseColumns } from './choose-columns.ts'
import { openWindow } from './open-window.ts'
import { fieldNamed, wantedRows, type TableFields } from './wanted-rows.ts'
import { PipedPart } from './piped-part.ts'
import { StoredPart } from './stored-part.ts'
import { storedId } from '../../domain/specification/stored-path.ts'
import { hiddenWarning } from '../hidden-warning.ts'
import type { Output, RunEnd } from '../ports.ts'
import type { ExportRun } from './export-run.ts'

/**
 * Writes a table or view to a file that appears atomically. An exported record counts as inserted.
 * A part file that does not match the checkpoint is rewritten.
 * @throws JobFailure
 */
export async function runExport(run: ExportRun): Promise<RunEnd> {
  const { store, jobId, specification, ports } = run
  const table = await store.tables.describe(store.db, specification.table)
  if (table === undefined) throw new JobFailure('target_missing', { table: specification.table })
  const before = resumedState(run.resume)
  // A resumed export keeps its columns.
  const columns = chooseColumns(store, table, before?.memo.columns ?? specification.columns)
  const names = columns.map((column) => column.name)
  await store.tables.requireReadable(store.db, table.name, names)
  const { nameKey } = kindOf(store.db)
  const fields = { table, nameKey }
  const asked = wantedRows(fields, specification)
  const known = await begunState(run, before, { table, columns: names, wanted: asked })
  const begun = await withWindow(run, known, fields, asked)
  if (begun === 'stop') return 'stopped'
  const { position: from, window } = begun.memo
  const wanted = wantedRows(fields, specification, window && windowFilter(window))
  const rows = store.openRows({ table, columns: names, wanted, limit: BATCH, from })
  try {
    const { sealed } = begun.memo
    const isFile = isOnDisk(specification.path)
    if (sealed !== null && isFile) {
      await publishSealed(specification.path, jobId, { ...sealed, ...ports }, placeOf(run, begun))
    }
    const end = sealed === null ? await writeResult(run, rows, begun, columns) : begun
    if (end === 'stop') return 'stopped'

    const journal = hiddenWarning(table, specification.table)
    await ports.commit(() => Promise.resolve(exportBatch(end, { isEnd: true, journal })))
    return 'finished'
  } finally {
    await rows.close()
  }
}

/** A run that was begun keeps its window. */
async function withWindow(
  run: ExportRun,
  state: State,
  fields: TableFields,
  { filter }: RowsWanted,
): Promise<State | 'stop'> {
  const { differential } = run.specification
  if (differential === null || state.memo.window !== null) return state
  const { name: field } = fieldNamed(fields, differential)
  return await openWindow(run, state, { table: fields.table, field, filter })
}

/** A result in the outbox belongs to Tallyman. */
function placeOf({ outbox, specification }: ExportRun, { memo: { replaces } }: State): ResultPlace {
  return { isOwn: outbox !== undefined && isIn(outbox, specification.path), replaces }
}

/** Removes the part file of a job that will not resume, or the spooled copy of standard input. */
export async function discardFiles({ id, ...kind }: OwnerOfFiles): Promise<void> {
  const { path } = kind.specification
  if (kind.type === 'import') {
    if (kind.specification.spooled && isOnDisk(path)) await rm(path, { force: true })
  } else if (isOnDisk(path)) await discardPart(path, id)
}

/** Stored files go with the jobs that have them: see the cleanup queue. */
function isOnDisk(path: string): boolean {
  return path !== STANDARD_STREAM && storedId(path) === undefined
}

type OwnerOfFiles = JobKind & { id: number }

/** A view or rows with an order of their own may come in another order, so the export restarts. */
async function begunState(
  { specification }: ExportRun,
  before: State | undefined,
  { table, columns, wanted }: { table: TableInfo; columns: string[]; wanted: RowsWanted },
): Promise<State> {
  if (before !== undefined) {
    return (table.isOrdered || isSorted(wanted)) && before.memo.sealed === null
      ? freshState(before.memo)
      : before
  }
  const { path } = specification
  // A file that exists at the start was confirmed, or is the result of an earlier run.
  const replaces = specification.replace || (isOnDisk(path) && (await isThere(path)))
  return freshState({ columns, replaces, told: [], window: null, format: specification.format })
}

async function writeResult(
  run: ExportRun,
  rows: ExportRows,
  begun: State,
  columns: ColumnInfo[],
): Promise<State | 'stop'> {
  const { ports } = run
  const { part, state } = await openPart(run, begun)
  try {
    const written = await writeRows(part, { run, rows, columns }, state)
    if (written === 'stop') return 'stop'

    const sealed = { size: written.offset, sha256: part.sha256 }
    const end = { ...written, memo: { ...written.memo, sealed } }
    // The rename follows the commit that records it, so a resumed run knows that the result is
    // complete.
    await ports.commit(async (trx) => {
      await part.seal?.(trx, sealed)
      return exportBatch(end)
    })
    await part.renameIntoPlace(placeOf(run, end))
    return end
  } finally {
    await part.close()
  }
}

async function openPart(run: ExportRun, state: State): Promise<{ part: ExportPart; state: State }> {
  if (run.specification.path === STANDARD_STREAM) {
    return { part: new PipedPart(requireOutput(run)), state }
  }
  const part = await reopenPart(run, state)
  if (part !== undefined) return { part, state }
  return { part: await createPart(run), state: freshState(state.memo) }
}

async function reopenPart(
  { store, jobId, diedAfter, specification: { path }, ports }: ExportRun,
  { offset: size, memo: { sha256 } }: State,
): Promise<ExportPart | undefined> {
  if (sha256 === null) return undefined
  const id = storedId(path)
  if (id !== undefined) return await StoredPart.reopen(store.db, id, { ...ports, size, sha256 })
  return await PartFile.reopen(path, jobId, {
    ...ports,
    size,
    sha256,
    mayBeHeld: diedAfter !== null,
  })
}

async function createPart({ jobId, specification: { path } }: ExportRun): Promise<ExportPart> {
  const id = storedId(path)
  return id === undefined ? await PartFile.create(path, jobId) : StoredPart.create(id)
}

/** A pipe ends with the command that wrote into it, so no other run can resume it. */
function requireOutput({ resume, ports: { output } }: ExportRun): Output {
  if (resume === undefined && output !== undefined) return output
  throw new JobFailure('output_failed', { path: STANDARD_OUTPUT, problem: 'pipe_gone' })
}
