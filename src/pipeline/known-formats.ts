import { z } from 'zod'
import type { FormatName } from '../domain/specification/formats.ts'
import type { ImportSpecification } from '../domain/specification/specification.ts'
import { delimitedFormat } from './formats/delimited/delimited-format.ts'
import { delimitedResult } from './formats/delimited/delimited-rows.ts'
import { delimitedState } from './formats/delimited/dialect/delimited-state.ts'
import type { Format } from './formats/format.ts'
import { jsonLinesFormat } from './formats/json-lines/json-lines-format.ts'
import { jsonResult, jsonState } from './formats/json-lines/json-state.ts'
import { unusualReading } from './formats/unusual-options.ts'
import type { SourceReader } from './formats/source-reader.ts'
import { readFirstBytes } from './source/first-bytes.ts'
import type { SourceFile } from './source/source-file.ts'

/** All formats; of those that are found by what a file holds, the first comes first. */
const FORMATS: readonly Format[] = [jsonLinesFormat, delimitedFormat]

/** What is stored of a source that is read, and of a result that is written, by its format. */
export const sourceState = z.discriminatedUnion('format', [delimitedState, jsonState])
export const resultState = z.discriminatedUnion('format', [delimitedResult, jsonResult])

export type SourceState = z.infer<typeof sourceState>

export function formatNamed(name: FormatName): Format {
  const format = FORMATS.find((one) => one.name === name)
  if (format === undefined) throw new Error(`no format ${name}`)
  return format
}

/**
 * The format that a source is read in: the one that is asked for, also by an option that only
 * delimited text has, or that its beginning shows.
 */
export async function formatOf(
  source: SourceFile,
  specification: ImportSpecification,
): Promise<Format> {
  if (specification.format !== null) return formatNamed(specification.format)
  const isDelimited = unusualReading(specification).some((option) => option !== '--encoding')
  if (isDelimited) return delimitedFormat
  const head = await readFirstBytes(source)
  const found = FORMATS.find((format) => format.detect(head, specification))
  return found ?? delimitedFormat
}

/** The reader of a source that was opened before. */
export function sourceReaderOf(state: Pick<SourceState, 'format'>): SourceReader {
  return formatNamed(state.format).restore(state)
}

/** The specification of a job whose source was opened, as far as it means something to its format. */
export function adapted(
  specification: ImportSpecification,
  { format }: Pick<SourceState, 'format'>,
): ImportSpecification {
  return formatNamed(format).adapt(specification)
}
