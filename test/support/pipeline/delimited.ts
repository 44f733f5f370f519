import type { GivenDialect } from '../../../src/pipeline/formats/delimited/dialect/dialect.ts'
import type { DelimitedRecord } from '../../../src/pipeline/formats/delimited/tokenizer/delimited-record.ts'
import {
  tokenize,
  type DelimitedBatch,
} from '../../../src/pipeline/formats/delimited/tokenizer/delimited.ts'
import type { DelimitedOptions } from '../../../src/pipeline/formats/delimited/tokenizer/window-scanner.ts'

/** In chunks of the size of a window, where nothing else is said. */
export type TokenizeOptions = Partial<GivenDialect & DelimitedOptions> & { chunkBytes?: number }

export const START = { offset: 0, line: 1, record: 0 }
export const DEFAULTS = { ...START, delimiter: ',', encoding: 'utf-8' } as const

/** The records of a source that comes in windows of a size, with all that they tell. */
export async function recordsOf(source: string | Buffer, options?: TokenizeOptions) {
  return (await batchesOf(source, options)).flatMap(({ records }) => records.map(toldBy))
}

/** A record as a plain object. */
export function toldBy(told: DelimitedRecord) {
  const { record, line, offset, end, nextLine, raw } = told
  return { record, line, offset, end, nextLine, raw, ...told.read() }
}

export async function flagsOf(source: string | Buffer, options?: TokenizeOptions) {
  return (await recordsOf(source, options)).map(({ flag }) => flag)
}

export async function batchesOf(source: string | Buffer, options: TokenizeOptions = {}) {
  const { windowBytes = 1024 * 1024, chunkBytes = windowBytes, ...rest } = options
  const chunks = cut(Buffer.from(source), chunkBytes)
  const batches: DelimitedBatch[] = []
  for await (const batch of tokenize(chunks, { ...DEFAULTS, windowBytes, ...rest }))
    batches.push(batch)
  return batches
}

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
