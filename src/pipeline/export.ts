import { rm } from 'node:fs/promises'
import type { Store } from '../db/store.ts'
import type { ColumnInfo, ExportRows, TableInfo } from '../db/target.ts'
import type { JobKind } from '../domain/job.ts'
import { JobFailure } from '../domain/messages.ts'
import { STANDARD_STREAM, type ExportSpecification } from '../domain/specification.ts'
import { BATCH, batchOf, freshState, stateOf, type State } from './export-memo.ts'
import { writeRows } from './export-rows.ts'
import { discardPart, isThere, PartFile, publish } from './part-file.ts'
import { PipedPart } from './piped-part.ts'
import type { Output, Resume, RunEnd, RunPorts } from './ports.ts'

export type ExportRun = {
  store: Store
  jobId: number
  specification: ExportSpecification
  resume: Resume
  /** How many records were processed, at the most, when it lost a worker; null where it lost none. */
  diedAfter: number | null
  ports: RunPorts
}

/**
 * Writes a table or view into a file that appears complete or not at all. An exported record counts
 * as inserted: into the file. A part that is not as the checkpoint left it is written anew.
 */
export async function runExport(run: ExportRun): Promise<RunEnd> {
  const { store, jobId, specification, ports } = run
  const table = await store.describeTable(specification.table)
  if (table === undefined) throw new JobFailure('target_missing', { table: specification.table })
  const before = stateOf(run.resume)
  // What was begun with some columns goes on with the same.
  const columns = chooseColumns(table, before?.memo.columns ?? specification.columns)
  const begun = await begunState(run, before, table, columns)
  const from = begun.memo.position
  const names = columns.map((column) => column.name)
  const rows = store.openRows({ table, columns: names, limit: BATCH, from })
  try {
    const sealed = begun.memo.sealed === null ? await writePart(run, rows, begun, columns) : begun
    if (sealed === 'stop') return 'stopped'

    if (sealed.memo.sealed !== null && specification.path !== STANDARD_STREAM) {
      const { replaces } = sealed.memo
      await publish(specification.path, jobId, sealed.memo.sealed, { replaces })
    }
    await ports.commit(() => Promise.resolve(batchOf(sealed, { isEnd: true })))
    return 'finished'
  } finally {
    await rows.close()
  }
}

/**
 * Removes what a job that will not go on has written beside its result, and the copy of standard
 * input that it was made for.
 */
export async function discardFiles({ id, ...kind }: OwnerOfFiles): Promise<void> {
  const { path } = kind.specification
  if (kind.type === 'import') {
    if (kind.specification.spooled) await rm(path, { force: true })
  } else if (path !== STANDARD_STREAM) await discardPart(path, id)
}

type OwnerOfFiles = JobKind & { id: number }

function chooseColumns(table: TableInfo, chosen: string[]): ColumnInfo[] {
  if (chosen.length === 0) return table.columns
  return chosen.map((wanted) => {
    const found = table.columns.find(({ name }) => name.toLowerCase() === wanted.toLowerCase())
    if (found !== undefined) return found
    const now = table.columns.map(({ name }) => name).join(', ')
    throw new JobFailure('target_changed', { table: table.name, before: chosen.join(', '), now })
  })
}

/** Rows that a view has in its own order may come in another one the next time, where some are equal. */
async function begunState(
  { specification }: ExportRun,
  before: State | undefined,
  table: TableInfo,
  columns: ColumnInfo[],
): Promise<State> {
  if (before !== undefined) {
    return table.isOrdered && before.memo.sealed === null ? freshState(before.memo) : before
  }
  // What lies there when it begins is what was asked about, or the result of an earlier run.
  const replaces = specification.replace || (await isThere(specification.path))
  return freshState({ columns: columns.map(({ name }) => name), replaces })
}

async function writePart(
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

    const sealed = { size: written.offset, sha256: await part.seal() }
    const end = { ...written, memo: { ...written.memo, sealed } }
    // Its name comes after the commit that promises it: whoever goes on knows that all is written.
    await ports.commit(() => Promise.resolve(batchOf(end)))
    return end
  } finally {
    await part.close()
  }
}

type Part = Pick<PartFile, 'write' | 'seal' | 'close'>

async function openPart(run: ExportRun, state: State): Promise<{ part: Part; state: State }> {
  const { jobId, diedAfter } = run
  const { path } = run.specification
  if (path === STANDARD_STREAM) return { part: new PipedPart(requireOutput(run)), state }
  const mayBeHeld = diedAfter !== null
  const part = await PartFile.reopen(path, jobId, { size: state.offset, mayBeHeld })
  if (part !== undefined) return { part, state }

  const anew = await PartFile.reopen(path, jobId, { size: 0, mayBeHeld })
  if (anew === undefined) throw new Error('a new part file was refused')
  return { part: anew, state: freshState(state.memo) }
}

/** A pipe ends with the command that wrote into it: no other run can go on with it. */
function requireOutput({ resume, ports: { output }, specification: { path } }: ExportRun): Output {
  if (resume === undefined && output !== undefined) return output
  throw new JobFailure('output_failed', { path, problem: 'pipe_gone' })
}
