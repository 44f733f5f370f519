import {
  tokenize,
  type DelimitedBatch,
  type DelimitedOptions,
  type DelimitedRecord,
} from '../../src/pipeline/delimited.ts'

export type TokenizeOptions = Partial<DelimitedOptions> & { windowBytes?: number }

export const START = { offset: 0, line: 1, record: 0 }
export const DEFAULTS = { ...START, delimiter: ',', encoding: 'utf-8' } as const

/** The records of a source that comes in windows of a size. */
export async function recordsOf(
  source: string | Buffer,
  options?: TokenizeOptions,
): Promise<DelimitedRecord[]> {
  return (await batchesOf(source, options)).flatMap(({ records }) => records)
}

export async function flagsOf(source: string | Buffer, options?: TokenizeOptions) {
  return (await recordsOf(source, options)).map(({ flag }) => flag)
}

export async function batchesOf(source: string | Buffer, options: TokenizeOptions = {}) {
  const { windowBytes = 1024 * 1024, ...rest } = options
  const chunks = cut(Buffer.from(source), windowBytes)
  const batches: DelimitedBatch[] = []
  for await (const batch of tokenize(chunks, { ...DEFAULTS, ...rest })) batches.push(batch)
  return batches
}

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
