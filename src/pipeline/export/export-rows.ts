import { gzipSync } from 'node:zlib'
import type { ColumnInfo } from '../../domain/records/table.ts'
import type { ExportRows, RowPosition } from '../../db/export-rows.ts'
import type { Trx } from '../../db/store.ts'
import { JobFailure } from '../../domain/words/failures.ts'
import type { Message } from '../../domain/words/messages.ts'
import { cellFormatter, writtenFormats } from '../formats/formatted-cells.ts'
import type { RowWriter, WrittenTable } from '../formats/row-writer.ts'
import type { WrittenRows } from '../formats/written-rows.ts'
import { formatNamed, resultState } from '../known-formats.ts'
import { saidOf } from '../values/find-name.ts'
import { advance, exportBatch, type State } from './resume-state.ts'
import type { PartFile, Seal } from './part-file.ts'
import type { ExportRun } from './export-run.ts'

export type Export = { run: ExportRun; rows: ExportRows; columns: ColumnInfo[] }
type Read = Omit<Export, 'run'> & { run: Pick<ExportRun, 'store' | 'specification'> }

/** Where the bytes of a result go. */
export type ExportPart = Pick<PartFile, 'write' | 'sha256' | 'renameIntoPlace' | 'close'> & {
  /** Saves what was written, in the transaction of its checkpoint. */
  save?(trx: Trx): Promise<void>
  /** Marks the result as complete, in the transaction that says so. */
  seal?(trx: Trx, seal: Seal): Promise<void>
}

type Page = WrittenRows & { rows: number; position: RowPosition }

/** Writes the rows page by page from the given state. */
export async function writeRows(
  part: Pick<ExportPart, 'write' | 'sha256' | 'save'>,
  given: Export,
  from: State,
): Promise<State | 'stop'> {
  const { run } = given
  const commit = (state: State, journal: Message[]) =>
    run.ports.commit(async (trx) => {
      await part.save?.(trx)
      return exportBatch(state, { journal })
    })
  const begun = from.offset === 0 ? await beginning(given, from) : undefined
  const writer = begun?.writer ?? writerOf(given, from)
  const { gzip } = run.specification
  const compress = (text: Buffer) => (gzip ? gzipSync(writer.encode(text)) : writer.encode(text))
  let state = begun?.state ?? from
  if (begun !== undefined) {
    const head = compress(begun.head)
    await part.write(head, 0)
    state = { ...state, offset: head.length, memo: { ...state.memo, sha256: part.sha256 } }
    if ((await commit(state, begun.warnings)) === 'stop') return 'stop'
  }
  const read = pageReader(given, writer)
  const count = countBeside(given.rows, state.memo.rows)
  // Pipelining: the next page is read while the last one is written to disk. A page is committed
  // only after its write.
  let pending: Promise<void> | undefined
  let journal: Message[] = []
  let page = begun?.page ?? (await read(state.memo.position))
  for (;;) {
    if (pending !== undefined) {
      await pending
      if ((await commit(state, journal)) === 'stop') return 'stop'
    }
    if (page.rows === 0) return state

    const bytes = compress(page.text)
    pending = part.write(bytes, state.offset)
    // It is awaited above; if the next read fails first, that error is the one to report.
    pending.catch(() => undefined)
    const before = state.counters.processed
    const warnings = writer.warningsOf({ ...page, before }, state.memo.told)
    journal = [...warnings.values()]
    const { sha256 } = part
    state = advance(state, { ...page, bytes: bytes.length, sha256, count: count(), warnings })
    page = await read(state.memo.position)
  }
}

type Beginning = {
  state: State
  writer: RowWriter
  head: Buffer
  page: Page
  warnings: Message[]
}

/** The head and the first page, which decides how rows are written. */
async function beginning(given: Export, from: State): Promise<Beginning> {
  const format = formatNamed(from.memo.format)
  const pages: Page[] = []
  const { writer, head, warnings } = await format.begin(tableOf(given), async (one) => {
    const page = await pageReader(given, one)(null)
    pages.push(page)
    return page
  })
  // It may be written several times; the last one belongs to the writer.
  const page = pages.at(-1) ?? (await pageReader(given, writer)(null))
  const memo = { ...from.memo, ...resultState.parse(writer.state) }
  return { state: { ...from, memo }, writer, head, page, warnings }
}

/** The head of a file and its first page, in UTF-8. */
export async function firstText(given: Read): Promise<Buffer> {
  const format = formatNamed(given.run.specification.format)
  let text = Buffer.alloc(0)
  const { writer, head } = await format.begin(tableOf(given), async (one) => {
    const page = await pageReader(given, one)(null)
    text = Buffer.from(page.text)
    return page
  })
  if (text.length === 0) text = Buffer.from((await pageReader(given, writer)(null)).text)
  return Buffer.concat([head, text])
}

function writerOf(given: Export, { memo }: State): RowWriter {
  return formatNamed(memo.format).goOn(tableOf(given), memo)
}

function tableOf({ run: { specification }, columns }: Read): WrittenTable {
  const names = saidOf(columns, specification.names)
  const formats = writtenFormats(columns, specification)
  return {
    specification,
    columns: columns.map((column, at) => ({
      ...column,
      name: names[at] ?? column.name,
      format: formats[at] ?? null,
    })),
  }
}

/** Reports a table that is dropped during the export as missing, not as an unexpected error. */
function pageReader(
  { run, rows, columns }: Read,
  writer: RowWriter,
): (position: RowPosition) => Promise<Page> {
  const { table } = run.specification
  const reading = { rows, format: cellFormatter(columns, run.specification) }
  return async (position) => {
    try {
      return await readPage(reading, position, writer)
    } catch (error) {
      const isThere = (found: unknown) => found !== undefined
      const there = await run.store.tables.describe(run.store.db, table).then(isThere, () => true)
      throw there ? error : new JobFailure('target_missing', { table })
    }
  }
}

type Reading = { rows: ExportRows; format: ReturnType<typeof cellFormatter> }

/**
 * Invalid UTF-8 is written unchanged. If a value holds a cell mark, the page is read again with
 * cell lengths.
 */
async function readPage(
  { rows, format }: Reading,
  position: RowPosition,
  writer: RowWriter,
): Promise<Page> {
  const written = format === undefined ? await readWritten(rows, position, writer) : undefined
  if (written !== undefined) return written
  for (const loose of writer.isLoose ? [true] : [false, true]) {
    const read = await rows.read(position, { loose })
    const { page, unwritable } = format?.(read.page) ?? { page: read.page, unwritable: [] }
    const written = writer.write(page, position === null)
    if (written === undefined) continue
    const changed = [...(written.changed ?? []), ...unwritable]
    return { ...written, changed, rows: page.rows, position: read.position }
  }
  throw new Error('a page does not hold the cells it should')
}

/** A page that the database itself has written; undefined where it does not. */
async function readWritten(
  rows: ExportRows,
  position: RowPosition,
  { delimited }: RowWriter,
): Promise<Page | undefined> {
  if (delimited === undefined || rows.readDelimited === undefined) return undefined
  const read = await rows.readDelimited(position, delimited.separator)
  const written = delimited.take(read.page, position === null)
  return { ...written, rows: read.page.rows, position: read.position }
}

/** Returns the number of rows, or null until it is known. */
function countBeside(rows: ExportRows, known: number | null): () => number | null {
  let count = known
  const learn = (found: number) => void (count = found)
  // If the rows cannot be counted, reading them reports the error.
  if (known === null) rows.count().then(learn, () => undefined)
  return () => count
}
