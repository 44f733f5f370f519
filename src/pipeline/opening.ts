import type { Position } from '../domain/checkpoint.ts'
import { UnusableError } from '../domain/errors.ts'
import { JobFailure } from '../domain/messages.ts'
import type { ImportSpecification } from '../domain/specification.ts'
import type { DelimitedRecord } from './delimited-record.ts'
import { MAX_RECORD_BYTES, tokenize, type DelimitedBatch } from './delimited.ts'
import { detectEncoding, encodeCharacter, ENCODINGS, parseEncoding } from './encoding.ts'
import type { ImportMemo } from './import-plan.ts'
import { sniffDelimiter } from './sniff-delimiter.ts'
import { SourceTruncatedError } from './inflate.ts'
import { describeSource, hashSource, openSource } from './source.ts'
import { textMessage } from './text-message.ts'

const SNIFF_BYTES = 64 * 1024

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

/** @throws JobFailure where the file is missing or its header can't be read */
export async function openImport(specification: ImportSpecification): Promise<Opening> {
  const { path } = specification
  const source = await requireSource(path)
  const head = await readHead(path)
  const detected = detectEncoding(head)
  const named = specification.encoding === null ? undefined : parseEncoding(specification.encoding)
  if (specification.encoding !== null && named === undefined) {
    throw new UnusableError({
      problem: 'no_encoding',
      encoding: specification.encoding,
      choices: ENCODINGS.join(', '),
    })
  }
  const encoding = named ?? detected.encoding
  const offset = detected.bomBytes
  if (specification.delimiter !== null) requireDelimiter(specification.delimiter, encoding)
  const delimiter = specification.delimiter ?? sniffDelimiter(head.subarray(offset), encoding)

  const from = { encoding, delimiter, offset, line: 1, record: 0 }
  const first = await firstRecord(path, from, specification.header)
  const header = first?.read().fields ?? []
  const memo: ImportMemo = {
    source,
    sha256: null,
    encoding,
    delimiter,
    header,
    fields: [],
    postponed: null,
  }
  if (specification.header && first !== undefined) requireHeader(first, memo)
  const start =
    specification.header && first !== undefined
      ? { offset: first.end, line: first.nextLine, record: 0 }
      : { offset, line: 1, record: 0 }
  return {
    memo,
    header,
    start,
    empty: specification.header ? (first?.line ?? 1) - 1 : 0,
    sample: (limit) => sample(path, { encoding, delimiter, ...start }, header.length, limit),
  }
}

/**
 * Makes sure that the file is the one that was read before. A file that was not touched is trusted;
 * one that was is read again and compared by its hash.
 */
export async function recheckSource(path: string, memo: ImportMemo): Promise<ImportMemo> {
  const now = await requireSource(path)
  const { size, mtimeMs, ctimeMs, ino } = memo.source
  const isUntouched =
    now.size === size && now.mtimeMs === mtimeMs && now.ctimeMs === ctimeMs && now.ino === ino
  if (isUntouched) return memo
  if (now.size !== size || memo.sha256 === null || (await hashSource(path)) !== memo.sha256) {
    throw new JobFailure('source_changed', { path })
  }
  return { ...memo, source: now }
}

/** What it means for the job that the source could be read no further; undefined for another error. */
export function sourceFailure(error: unknown, path: string): JobFailure | undefined {
  if (error instanceof SourceTruncatedError) return new JobFailure('source_truncated', { path })
  const isDamaged = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
  return isDamaged ? new JobFailure('source_damaged', { path, detail: error.message }) : undefined
}

function requireDelimiter(delimiter: string, encoding: ImportMemo['encoding']): void {
  if (encodeCharacter(delimiter, encoding) !== undefined) return
  throw new UnusableError({ problem: 'delimiter_unknown', delimiter, encoding })
}

function requireHeader(first: DelimitedRecord, memo: ImportMemo): void {
  const message = textMessage(first.read(), memo)
  if (message === undefined) return
  throw new UnusableError({
    problem: 'damaged_header',
    line: first.line,
    reason: message.code,
    encoding: memo.encoding,
    limit: MAX_RECORD_BYTES,
  })
}

async function requireSource(path: string): Promise<ImportMemo['source']> {
  try {
    return await describeSource(path)
  } catch {
    throw new JobFailure('source_missing', { path })
  }
}

async function readHead(path: string): Promise<Buffer> {
  try {
    for await (const chunk of await openSource(path, { offset: 0 })) {
      return chunk.subarray(0, SNIFF_BYTES)
    }
    return Buffer.alloc(0)
  } catch (error) {
    throw sourceFailure(error, path) ?? error
  }
}

type From = Position & {
  encoding: ImportMemo['encoding']
  delimiter: string
  columns?: number
}

async function* batches(path: string, from: From): AsyncGenerator<DelimitedBatch> {
  try {
    yield* tokenize(await openSource(path, { offset: from.offset }), from)
  } catch (error) {
    // The run itself meets the cut again, after the records before it.
    if (sourceFailure(error, path) === undefined) throw error
  }
}

/** A header stands in the first line, good or bad; without one the first good record tells the columns. */
async function firstRecord(
  path: string,
  from: From,
  header: boolean,
): Promise<DelimitedRecord | undefined> {
  for await (const { records } of batches(path, from)) {
    const found = header ? records[0] : records.find((record) => record.read().flag === undefined)
    if (found !== undefined) return found
  }
  return undefined
}

async function sample(path: string, from: From, columns: number, limit: number) {
  const found: string[][] = []
  for await (const { records } of batches(path, { ...from, columns })) {
    const readings = records.map((record) => record.read())
    found.push(...readings.filter(({ flag }) => flag === undefined).map(({ fields }) => fields))
    if (found.length >= limit) break
  }
  return found.slice(0, limit)
}
