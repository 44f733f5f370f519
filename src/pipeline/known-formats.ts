import { z } from 'zod'
import type { FormatName } from '../domain/formats/formats.ts'
import type { ImportSpecification } from '../domain/specification/specification.ts'
import { delimitedFormat } from './formats/delimited/delimited-format.ts'
import { delimitedResult } from './formats/delimited/delimited-rows.ts'
import { delimitedState } from './formats/delimited/dialect/delimited-state.ts'
import type { Format } from './formats/format.ts'
import { jsonLinesFormat } from './formats/json-lines/json-lines-format.ts'
import { jsonResult, jsonState } from './formats/json-lines/json-state.ts'
import type { SourceReader } from './formats/source-reader.ts'
import { readFirstBytes } from './source/first-bytes.ts'
import type { SourceFile } from './source/source-file.ts'

/** All formats; the first that detects itself wins. */
const FORMATS: readonly Format[] = [jsonLinesFormat, delimitedFormat]

/** The stored state of a source and of a result, by format. */
export const sourceState = z.discriminatedUnion('format', [delimitedState, jsonState])
export const resultState = z.discriminatedUnion('format', [delimitedResult, jsonResult])

export type SourceState = z.infer<typeof sourceState>

export function formatNamed(name: FormatName): Format {
  const format = FORMATS.find((one) => one.name === name)
  if (format === undefined) throw new Error(`no format ${name}`)
  return format
}

/** The format of a source that is still to be written. */
export function draftFormat({ format }: Pick<ImportSpecification, 'format'>): Format {
  return format === null ? delimitedFormat : formatNamed(format)
}

/**
 * The format of a source: as specified, or detected from its beginning.
 */
export async function formatOf(
  source: SourceFile,
  specification: ImportSpecification,
): Promise<Format> {
  if (specification.format !== null) return formatNamed(specification.format)
  const head = await readFirstBytes(source)
  const found = FORMATS.find((format) => format.detect(head, specification))
  return found ?? delimitedFormat
}

/** Restores the reader of an opened source. */
export function sourceReaderOf(state: Pick<SourceState, 'format'>): SourceReader {
  return formatNamed(state.format).restore(state)
}

/** The specification without options that the format of the opened source does not use. */
export function adapted(
  specification: ImportSpecification,
  { format }: Pick<SourceState, 'format'>,
): ImportSpecification {
  return formatNamed(format).adapt(specification)
}
