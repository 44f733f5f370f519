import type { Reading } from '../db/store.ts'
import type { Position } from '../domain/checkpoint.ts'
import { JobFailure } from '../domain/messages.ts'
import type { ImportSpecification } from '../domain/specification.ts'
import type { DelimitedRecord } from './delimited-record.ts'
import { tokenize, type DelimitedBatch } from './delimited.ts'
import type { ImportMemo } from './import-plan.ts'
import type { Dialect } from './dialect/dialect.ts'
import { readDialect, SNIFF_BYTES, type Head } from './dialect/read-dialect.ts'
import { SourceTruncatedError } from './inflate.ts'
import { SourceFile } from './source-file.ts'
import { columnsOf, headOf, requireHeader } from './source-head.ts'

/** What the first look at a file tells: how it is written, its header, and where its records start. */
export type Opening = {
  memo: ImportMemo
  header: string[]
  start: Position
  /** Empty lines before the header. */
  empty: number
  /** The fields of the first good records. */
  sample(limit: number): Promise<string[][]>
}

/** @throws JobFailure `source_missing` */
export async function openSource(
  specification: Pick<ImportSpecification, 'path' | 'beneath'>,
  reading: Reading,
): Promise<SourceFile> {
  try {
    return await SourceFile.open(specification, reading)
  } catch {
    throw new JobFailure('source_missing', { path: specification.path })
  }
}

/** @throws JobFailure where the header can't be read */
export async function openImport(
  specification: ImportSpecification,
  source: SourceFile,
): Promise<Opening> {
  const head = await readHead(source)
  const { dialect, detection, offset, line } = readDialect(head, specification)
  const from = { ...dialect, offset, line, record: 0 }
  const first = await firstRecord(source, from, specification.header)
  const header = columnsOf(first, specification)
  const memo: ImportMemo = {
    source: source.description,
    sha256: null,
    ...dialect,
    detection,
    header,
    fields: [],
    head: null,
    postponed: null,
  }
  if (first !== undefined) {
    requireHeader(first, { memo, specification })
    memo.head = headOf(first, { memo, specification, mark: head.bytes.subarray(0, offset) })
  }
  const start =
    specification.header && first !== undefined
      ? { offset: first.end, line: first.nextLine, record: 0 }
      : { offset, line, record: 0 }
  return {
    memo,
    header,
    start,
    empty: specification.header ? (first?.line ?? line) - line : 0,
    sample: (limit) => sample(source, { ...dialect, ...start }, header.length, limit),
  }
}

/** What it means for the job that the source could be read no further; undefined for another error. */
export function sourceFailure(error: unknown, path: string): JobFailure | undefined {
  if (error instanceof SourceTruncatedError) return new JobFailure('source_truncated', { path })
  if (!(error instanceof Error)) return undefined
  if ('syscall' in error && error.syscall === 'read') {
    return new JobFailure('source_missing', { path })
  }
  const isDamaged = 'code' in error && String(error.code).startsWith('Z_')
  return isDamaged ? new JobFailure('source_damaged', { path, detail: error.message }) : undefined
}

async function readHead(source: SourceFile): Promise<Head> {
  const head: Buffer[] = []
  let length = 0
  let isRead = true
  try {
    // What is packed may come in pieces as short as a line.
    for await (const chunk of source.read({ offset: 0 })) {
      head.push(Buffer.from(chunk))
      length += chunk.length
      if (length > SNIFF_BYTES) {
        isRead = false
        break
      }
    }
  } catch (error) {
    const failure = sourceFailure(error, source.path)
    // The run itself meets the damage again, after the records before it.
    if (failure === undefined || length === 0) throw failure ?? error
  }
  const bytes = Buffer.concat(head).subarray(0, SNIFF_BYTES)
  return { bytes, isWhole: length <= SNIFF_BYTES && isRead }
}

type From = Position & Dialect & { columns?: number }

async function* batches(source: SourceFile, from: From): AsyncGenerator<DelimitedBatch> {
  try {
    yield* tokenize(source.read({ offset: from.offset }), from)
  } catch (error) {
    // The run itself meets the cut again, after the records before it.
    if (sourceFailure(error, source.path) === undefined) throw error
  }
}

/** A header stands in the first line, good or bad; without one the first good record tells the columns. */
async function firstRecord(
  source: SourceFile,
  from: From,
  header: boolean,
): Promise<DelimitedRecord | undefined> {
  for await (const { records } of batches(source, from)) {
    const found = header ? records[0] : records.find((record) => record.read().flag === undefined)
    if (found !== undefined) return found
  }
  return undefined
}

async function sample(source: SourceFile, from: From, columns: number, limit: number) {
  const found: string[][] = []
  for await (const { records } of batches(source, { ...from, columns })) {
    const readings = records.map((record) => record.read())
    found.push(...readings.filter(({ flag }) => flag === undefined).map(({ fields }) => fields))
    if (found.length >= limit) break
  }
  return found.slice(0, limit)
}
