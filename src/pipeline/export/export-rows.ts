import { gzipSync } from 'node:zlib'
import { packRow } from '../../db/packed.ts'
import type { ColumnInfo } from '../../domain/records/table.ts'
import type { ExportRows, RowPosition } from '../../db/target.ts'
import { JobFailure, type Message } from '../../domain/words/messages.ts'
import { rowsWriter, type WrittenRows } from '../formats/delimited/writing/delimited-writer.ts'
import { shapedWriter, isShaped, packLoosely } from '../formats/delimited/writing/shaped-writer.ts'
import {
  encodingWarning,
  markOf,
  showsDialect,
} from '../formats/delimited/dialect/shows-dialect.ts'
import { textEncoder } from '../encodings/text-encoder.ts'
import { writableEncoding } from '../encodings/writable-encoding.ts'
import { withPlainStart } from './export-head.ts'
import { advance, batchOf, type State } from './export-memo.ts'
import { warningsOf } from './export-warnings.ts'
import type { ExportRun } from './export.ts'
import type { PartFile } from './part-file.ts'

export type Export = { run: ExportRun; rows: ExportRows; columns: ColumnInfo[] }

type Output = Pick<PartFile, 'write' | 'sha256'>
type Page = WrittenRows & { rows: number; position: RowPosition }

/** Writes the rows from where an earlier run got to, page by page. */
export async function writeRows(part: Output, given: Export, from: State): Promise<State | 'stop'> {
  const { run, columns } = given
  const { delimiter, encoding, gzip } = run.specification
  const encode = textEncoder(writableEncoding(run.specification.encoding))
  const press = (text: Buffer) => (gzip ? gzipSync(encode(text)) : encode(text))
  const commit = (state: State, journal: Message[]) =>
    run.ports.commit(() => Promise.resolve(batchOf(state, { journal })))
  const begun = from.offset === 0 ? await beginning(given, from) : undefined
  let state = begun?.state ?? from
  if (begun !== undefined) {
    const head = press(begun.head)
    await part.write(head, 0)
    state = { ...state, offset: head.length, memo: { ...state.memo, sha256: part.sha256 } }
    if ((await commit(state, begun.warnings)) === 'stop') return 'stop'
  }
  const read = reader(given, state.memo.isCareful)
  const count = countBeside(given.rows, state.memo.rows)
  // While one page is on its way to the disk, the next is read; it is committed when it is there.
  let pending: Promise<void> | undefined
  let journal: Message[] = []
  let page = begun?.page ?? (await read(state.memo.position))
  for (;;) {
    if (pending !== undefined) {
      await pending
      if ((await commit(state, journal)) === 'stop') return 'stop'
    }
    if (page.rows === 0) return state

    const bytes = press(page.text)
    pending = part.write(bytes, state.offset)
    // It is awaited above; should the next read fail first, that error is the one to tell.
    pending.catch(() => undefined)
    const before = state.counters.processed
    const warnings = warningsOf({ ...page, before, columns, delimiter, encoding }, state.memo.told)
    journal = [...warnings.values()]
    const { sha256 } = part
    state = advance(state, { ...page, bytes: bytes.length, sha256, count: count(), warnings })
    page = await read(state.memo.position)
  }
}

const NOTHING: WrittenRows = { text: Buffer.alloc(0), odd: [] }

type Beginning = { state: State; head: Buffer; page: Page; warnings: Message[] }

/**
 * The names of the columns and the first page. Where an import would find another delimiter in
 * them, they are written once more, and from then on with more quotes.
 */
async function beginning(given: Export, from: State): Promise<Beginning> {
  const { columns } = given
  const { specification } = given.run
  const { header, delimiter, encoding } = specification
  const begin = async (isCareful: boolean) => {
    const page = await reader(given, isCareful)(null)
    const names = header ? namesOf(given, isCareful) : NOTHING
    const isShown = showsDialect(Buffer.concat([names.text, page.text]), specification)
    const state = { ...from, memo: { ...from.memo, isCareful } }
    const head = Buffer.concat([markOf(specification), names.text])
    return { isShown, page, head, state, names }
  }
  const usual = await begin(false)
  const begun = usual.isShown ? usual : await begin(true)
  const isUnknown = !begun.isShown && given.columns.length > 1
  const warnings: Message[] = isUnknown ? [{ code: 'TLY-1035', params: { delimiter } }] : []
  warnings.push(...encodingWarning(Buffer.concat([begun.head, begun.page.text]), specification))
  // They stand before the first record.
  warnings.push(
    ...warningsOf({ ...begun.names, before: -1, columns, delimiter, encoding }, []).values(),
  )
  return { ...begun, warnings }
}

function namesOf(given: Export, isCareful: boolean): WrittenRows {
  const names = given.columns.map(({ name }) => name)
  const packed = isShaped(given.run.specification) ? packLoosely(names) : packRow(names)
  const written = writerFor(given, isCareful)(packed)
  if (written === undefined) throw new Error('the names of the columns are no row')
  return { ...written, text: withPlainStart(written.text, given.run.specification.delimiter) }
}

/** A table that was dropped while it is read is missing, and no error that nobody foresaw. */
function reader(given: Export, isCareful: boolean): (position: RowPosition) => Promise<Page> {
  const { run, rows } = given
  const { table, header, delimiter } = run.specification
  const write = writerFor(given, isCareful)
  const isLoose = isShaped(run.specification)
  return async (position) => {
    try {
      const page = await readPage(rows, position, write, { isLoose })
      const isStart = position === null && !header
      return isStart ? { ...page, text: withPlainStart(page.text, delimiter) } : page
    } catch (error) {
      const isThere = (found: unknown) => found !== undefined
      const there = await run.store.tables.describe(run.store.db, table).then(isThere, () => true)
      throw there ? error : new JobFailure('target_missing', { table })
    }
  }
}

function writerFor({ run, columns }: Export, isCareful: boolean) {
  const { specification } = run
  const { delimiter } = specification
  const dialect = { delimiter, columns: columns.length, isCareful }
  return isShaped(specification)
    ? shapedWriter({ ...specification, ...dialect })
    : rowsWriter(dialect)
}

/** Text that is no UTF-8 is written as it lies there; what looks like a mark between cells takes a second read. */
async function readPage(
  rows: ExportRows,
  position: RowPosition,
  write: ReturnType<typeof rowsWriter>,
  { isLoose }: { isLoose: boolean },
): Promise<Page> {
  for (const loose of isLoose ? [true] : [false, true]) {
    const read = await rows.read(position, { loose })
    const written = write(read.page)
    if (written !== undefined) return { ...written, rows: read.page.rows, position: read.position }
  }
  throw new Error('a page does not hold the cells it should')
}

/** Tells the number of rows, once it is known. */
function countBeside(rows: ExportRows, known: number | null): () => number | null {
  let count = known
  const learn = (found: number) => void (count = found)
  // Where they can't be counted they can't be read either, which tells.
  if (known === null) rows.count().then(learn, () => undefined)
  return () => count
}
