import { gzipSync } from 'node:zlib'
import { z } from 'zod'
import { pack } from '../db/packed.ts'
import type { Store } from '../db/store.ts'
import type { ExportRows, RowPosition, TableInfo } from '../db/target.ts'
import { noCounters, type Counters } from '../domain/counters.ts'
import type { JobKind } from '../domain/job.ts'
import { JobFailure } from '../domain/messages.ts'
import type { ExportSpecification } from '../domain/specification.ts'
import { rowsWriter } from './delimited-writer.ts'
import { discardPart, PartFile, publish } from './part-file.ts'
import type { Batch, Resume, RunEnd, RunPorts } from './ports.ts'

/** The same in every run, so that one that was interrupted writes the same bytes. */
const BATCH = { rows: 20_000, bytes: 1_048_576 }

const exportMemo = z.object({
  columns: z.array(z.string()),
  position: z.array(z.union([z.string(), z.number()])).nullable(),
  /** Rows of the table when the export began; null as long as they are not counted. */
  rows: z.number().nullable(),
  /** Bytes and SHA-256 of the whole result: all is written, and it only lacks its name. */
  sealed: z.object({ size: z.number(), sha256: z.string() }).nullable(),
})
type ExportMemo = z.infer<typeof exportMemo>

export type ExportRun = {
  store: Store
  jobId: number
  specification: ExportSpecification
  resume: Resume
  /** How far it was, at the most, when it lost a worker; null where it lost none. */
  diedAfter: number | null
  ports: RunPorts
}

/** Counters, place in the file and place in the table: what a batch moves on. */
type State = { counters: Counters; offset: number; memo: ExportMemo }

/**
 * Writes a table or view into a file that appears complete or not at all. An exported record counts
 * as inserted: into the file. A part that is not as the checkpoint left it is written anew.
 */
export async function runExport(run: ExportRun): Promise<RunEnd> {
  const { store, jobId, specification, resume, ports } = run
  const memo = resume && exportMemo.parse(resume.checkpoint.memo)
  const table = await store.describeTable(specification.table)
  if (table === undefined) throw new JobFailure('target_missing', { table: specification.table })
  // What was begun with some columns goes on with the same.
  const columns = chooseColumns(table, memo?.columns ?? specification.columns)
  const from = memo?.position ?? null
  const rows = store.openRows({ table, columns, limit: BATCH, from })
  try {
    const begun =
      resume && memo
        ? { counters: resume.counters, offset: resume.checkpoint.offset, memo }
        : freshState(columns)
    const sealed = begun.memo.sealed === null ? await writePart(run, rows, begun) : begun
    if (sealed === 'stop') return 'stopped'

    if (sealed.memo.sealed !== null) await publish(specification.path, jobId, sealed.memo.sealed)
    await ports.commit(() => Promise.resolve(batchOf(sealed, true)))
    return 'finished'
  } finally {
    await rows.close()
  }
}

/** Removes what a job that will not go on has written beside its result. */
export async function discardFiles({ id, type, specification }: OwnerOfFiles): Promise<void> {
  if (type === 'export') await discardPart(specification.path, id)
}

type OwnerOfFiles = JobKind & { id: number }

function chooseColumns(table: TableInfo, chosen: string[]): string[] {
  const names = table.columns.map((column) => column.name)
  if (chosen.length === 0) return names
  return chosen.map((wanted) => {
    const found = names.find((name) => name.toLowerCase() === wanted.toLowerCase())
    if (found !== undefined) return found
    const [before, now] = [chosen.join(', '), names.join(', ')]
    throw new JobFailure('target_changed', { table: table.name, before, now })
  })
}

function freshState(columns: string[]): State {
  const memo = { columns, position: null, rows: null, sealed: null }
  return { counters: noCounters(), offset: 0, memo }
}

async function writePart(run: ExportRun, rows: ExportRows, begun: State): Promise<State | 'stop'> {
  const { ports } = run
  const { part, state } = await openPart(run, begun)
  try {
    const written = await writeRows(part, rows, state, run)
    if (written === 'stop') return 'stop'

    const sealed = { size: written.offset, sha256: await part.seal() }
    const end = { ...written, memo: { ...written.memo, sealed } }
    // Its name comes after the commit that promises it: whoever goes on knows that all is written.
    await ports.commit(() => Promise.resolve(batchOf(end, false)))
    return end
  } finally {
    await part.close()
  }
}

async function openPart(run: ExportRun, state: State): Promise<{ part: PartFile; state: State }> {
  const { jobId, diedAfter } = run
  const { path } = run.specification
  const mayBeHeld = diedAfter !== null
  const part = await PartFile.reopen(path, jobId, { size: state.offset, mayBeHeld })
  if (part !== undefined) return { part, state }

  const anew = await PartFile.reopen(path, jobId, { size: 0, mayBeHeld })
  if (anew === undefined) throw new Error('a new part file was refused')
  return { part: anew, state: freshState(state.memo.columns) }
}

async function writeRows(
  part: PartFile,
  rows: ExportRows,
  from: State,
  run: ExportRun,
): Promise<State | 'stop'> {
  const { specification, ports } = run
  const { columns } = from.memo
  const write = rowsWriter(specification.delimiter, columns.length)
  const press = (text: Buffer) => (specification.gzip ? gzipSync(text) : text)
  const commit = (batch: Batch) => ports.commit(() => Promise.resolve(batch))
  let state = from
  if (state.offset === 0) {
    const head = press((specification.header && write(pack([columns]))) || Buffer.alloc(0))
    await part.write(head, 0)
    state = { ...state, offset: head.length }
    if ((await commit(batchOf(state, false))) === 'stop') return 'stop'
  }
  const count = countBeside(rows, state.memo.rows)
  // While one page is on its way to the disk, the next is read; it is committed when it is there.
  let pending: Promise<void> | undefined
  for (;;) {
    const page = await orMissing(run, readPage(rows, state.memo, write))
    if (pending !== undefined) {
      await pending
      if ((await commit(batchOf(state, false))) === 'stop') return 'stop'
    }
    if (page.rows === 0) return state

    const bytes = press(page.text)
    pending = part.write(bytes, state.offset)
    // It is awaited above; should the next read fail first, that error is the one to tell.
    pending.catch(() => undefined)
    state = advance(state, page, bytes.length, count())
  }
}

/** Tells the number of rows, once it is known. */
function countBeside(rows: ExportRows, known: number | null): () => number | null {
  let count = known
  const learn = (found: number) => void (count = found)
  // Where they can't be counted they can't be read either, which tells.
  if (known === null) rows.count().then(learn, () => undefined)
  return () => count
}

/** A table that was dropped while it is read is missing, and no error that nobody foresaw. */
async function orMissing<Result>(run: ExportRun, reading: Promise<Result>): Promise<Result> {
  try {
    return await reading
  } catch (error) {
    const { table } = run.specification
    const isThere = (found: unknown) => found !== undefined
    const there = await run.store.describeTable(table).then(isThere, () => true)
    throw there ? error : new JobFailure('target_missing', { table })
  }
}

type Page = { text: Buffer; rows: number; position: RowPosition }

/** Text that is not UTF-8 is written as it lies there, unless it looks like a mark between cells. */
async function readPage(
  rows: ExportRows,
  { position }: ExportMemo,
  write: ReturnType<typeof rowsWriter>,
): Promise<Page> {
  for (const decoded of [false, true]) {
    const read = await rows.read(position, { decoded })
    const text = write(read.page)
    if (text !== undefined) return { text, rows: read.page.rows, position: read.position }
  }
  throw new Error('a page does not hold the cells it should')
}

function advance(
  state: State,
  { rows, position }: Page,
  bytes: number,
  count: number | null,
): State {
  const { processed, success, inserted } = state.counters
  const more = { processed: processed + rows, success: success + rows, inserted: inserted + rows }
  return {
    counters: { ...state.counters, ...more },
    offset: state.offset + bytes,
    memo: { ...state.memo, position, rows: count },
  }
}

/** While it runs, the total is what was there at the start, once that is counted, or what has come since. */
function batchOf({ counters, offset, memo }: State, isEnd: boolean): Batch {
  const { processed } = counters
  const known = memo.rows === null ? null : Math.max(memo.rows, processed)
  const ahead = memo.sealed === null ? BATCH.rows : 0
  return {
    counters,
    total: isEnd ? processed : known,
    checkpoint: { offset, line: 1, record: processed, ahead, memo },
    bytesRead: offset,
    rejects: [],
    journal: [],
    ...(memo.sealed === null ? {} : { file: memo.sealed }),
  }
}
