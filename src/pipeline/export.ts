import { gzipSync } from 'node:zlib'
import { z } from 'zod'
import type { Store } from '../db/store.ts'
import type { ExportRows, RowPosition, TableInfo } from '../db/target.ts'
import { noCounters, type Counters } from '../domain/counters.ts'
import { JobFailure, type Message } from '../domain/messages.ts'
import type { ExportSpecification } from '../domain/specification.ts'
import { rowWriter } from './delimited-writer.ts'
import { discardPart, PartFile, publish } from './part-file.ts'
import type { Batch, Resume, RunEnd, RunPorts } from './ports.ts'

/** The same in every run, so that a run that was interrupted writes the same bytes. */
const ROWS_A_BATCH = 2_000

const exportMemo = z.object({
  position: z.array(z.union([z.string(), z.number(), z.null()])).nullable(),
  /** Rows of the table when the export began. */
  rows: z.number(),
  /** Bytes and SHA-256 of the whole result: all is written, and it only lacks its name. */
  sealed: z.object({ size: z.number(), sha256: z.string() }).nullable(),
})
type ExportMemo = z.infer<typeof exportMemo>

export type ExportRun = {
  store: Store
  jobId: number
  specification: ExportSpecification
  resume: Resume
  ports: RunPorts
}

/** Counters, place in the file and place in the table: what a batch moves on. */
type State = { counters: Counters; offset: number; memo: ExportMemo }

/**
 * Writes a table or view into a file that appears complete or not at all. An exported record counts
 * as inserted: into the file. A part that is not as the checkpoint left it is written anew.
 */
export async function runExport(run: ExportRun): Promise<RunEnd> {
  const { store, jobId, specification, ports } = run
  const { table, columns } = await chooseColumns(store, specification)
  const rows = store.openRows({ table, columns })
  let state = await stateOf(run, rows)

  if (state.memo.sealed === null) {
    const opened = await openPart(specification, jobId, state, rows)
    state = opened.state
    try {
      const written = await writeRows(opened.part, rows, columns, state, run)
      if (written === 'stop') return 'stopped'
      const sha256 = await opened.part.seal()
      state = { ...written, memo: { ...written.memo, sealed: { size: written.offset, sha256 } } }
    } finally {
      await opened.part.close()
    }
    // Its name comes after the commit that promises it: whoever goes on knows that all is written.
    await ports.commit(() => Promise.resolve(batchOf(state, false)))
  }
  await publish(specification.path, jobId, state.offset)
  await ports.commit(() => Promise.resolve(batchOf(state, true)))
  return 'finished'
}

/** Removes what an export that will not go on has written. */
export async function discardExport({ path }: ExportSpecification, jobId: number): Promise<void> {
  await discardPart(path, jobId)
}

async function chooseColumns(
  store: Store,
  { table: name, columns: chosen }: ExportSpecification,
): Promise<{ table: TableInfo; columns: string[] }> {
  const table = await store.describeTable(name)
  if (table === undefined) throw new JobFailure('target_missing', { table: name })

  const columns = chosen.map((wanted) => {
    const found = table.columns.find(
      (column) => column.name.toLowerCase() === wanted.toLowerCase(),
    )?.name
    if (found !== undefined) return found
    throw new JobFailure('target_changed', { table: name, detail: `it has no column "${wanted}"` })
  })
  return {
    table,
    columns: columns.length > 0 ? columns : table.columns.map((column) => column.name),
  }
}

async function stateOf({ resume }: ExportRun, rows: ExportRows): Promise<State> {
  if (resume === undefined) return await freshState(rows)
  const { counters, checkpoint } = resume
  return { counters, offset: checkpoint.offset, memo: exportMemo.parse(checkpoint.memo) }
}

async function freshState(rows: ExportRows): Promise<State> {
  const memo = { position: null, rows: await rows.count(), sealed: null }
  return { counters: noCounters(), offset: 0, memo }
}

async function openPart(
  { path }: ExportSpecification,
  jobId: number,
  state: State,
  rows: ExportRows,
): Promise<{ part: PartFile; state: State }> {
  const part = await PartFile.reopen(path, jobId, state.offset)
  if (part !== undefined) return { part, state }

  const anew = await PartFile.reopen(path, jobId, 0)
  if (anew === undefined) throw new Error('a new part file was refused')
  return { part: anew, state: await freshState(rows) }
}

async function writeRows(
  part: PartFile,
  rows: ExportRows,
  columns: string[],
  from: State,
  { specification, ports }: ExportRun,
): Promise<State | 'stop'> {
  const write = rowWriter(specification.delimiter)
  const pack = (text: string) => (specification.gzip ? gzipSync(text) : Buffer.from(text))
  let state = from
  if (state.offset === 0) {
    const head = pack(specification.header ? write(columns) : '')
    await part.write(head, 0)
    state = { ...state, offset: head.length }
    if ((await ports.commit(() => Promise.resolve(batchOf(state, false)))) === 'stop') return 'stop'
  }
  // While one page is on its way to the disk, the next is read; it is committed when it is there.
  let pending: { state: State; written: Promise<void> } | undefined
  let place = state
  for (;;) {
    const page = await rows.read(place.memo.position, ROWS_A_BATCH)
    if (pending !== undefined) {
      const { state: arrived, written } = pending
      await written
      if ((await ports.commit(() => Promise.resolve(batchOf(arrived, false)))) === 'stop') {
        return 'stop'
      }
    }
    if (page.rows.length === 0) return place

    const bytes = pack(page.rows.map(write).join(''))
    const next = advance(place, page.rows.length, bytes.length, page.position)
    const written = part.write(bytes, place.offset)
    // It is awaited above; should the next read fail first, that error is the one to tell.
    written.catch(() => undefined)
    pending = { state: next, written }
    place = next
  }
}

function advance(state: State, count: number, bytes: number, position: RowPosition): State {
  const { processed, success, inserted } = state.counters
  const more = {
    processed: processed + count,
    success: success + count,
    inserted: inserted + count,
  }
  return {
    counters: { ...state.counters, ...more },
    offset: state.offset + bytes,
    memo: { ...state.memo, position },
  }
}

/** While it runs, the total is what was there at the start, or what has come since. */
function batchOf({ counters, offset, memo }: State, isEnd: boolean): Batch {
  const { processed } = counters
  const journal: Message[] = []
  return {
    counters,
    total: isEnd ? processed : Math.max(memo.rows, processed),
    checkpoint: { offset, line: 1, record: processed, memo },
    bytesRead: offset,
    rejects: [],
    journal,
    ...(memo.sealed === null ? {} : { file: memo.sealed }),
  }
}
