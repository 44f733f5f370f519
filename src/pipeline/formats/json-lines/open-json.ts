import { UnusableError } from '../../../domain/words/errors.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { HeadBytes } from '../../source/first-bytes.ts'
import type { SourceFile } from '../../source/source-file.ts'
import type { OpenedSource } from '../format.ts'
import { withRejectColumnsLast } from '../reject-columns.ts'
import type { RecordReading } from '../source-reader.ts'
import { openLines } from '../lines/open-lines.ts'
import { firstLines } from '../lines/read-lines.ts'
import { requireReadOptions } from './applicable.ts'
import type { JsonState } from './json-state.ts'
import { lineParser } from './parse-line.ts'

/** Number of records to sample for the names, and for the types of a new table. */
const NAME_RECORDS = 10_000
/** Limits for the names, because each checkpoint stores them. */
const MOST_NAMES = 100_000
const MOST_BYTES = 1024 * 1024

/** @throws UnusableError if the file is of another kind, or none of its first lines is an object */
export async function openJson(
  source: SourceFile,
  specification: ImportSpecification,
): Promise<OpenedSource & { state: JsonState }> {
  requireReadOptions(specification)
  const start = await openLines(source, specification)
  const { columns, path } = specification
  const first = await firstLines(source, start, { parse: lineParser([]), limit: NAME_RECORDS })
  const readings = first.map((record) => record.read())
  if (first.length > 0 && !readings.some(isObject)) {
    throw new UnusableError({ problem: 'no_json_lines', path })
  }
  const found = new Set(readings.flatMap(({ unknown }) => unknown ?? []))
  const names = first.length > 0 && columns.length > 0 ? columns : [...found]
  const header = withRejectColumnsLast(names, found)
  requireFew(header)
  const skipped = start.line - 1
  const state: JsonState = { format: 'json_lines', encoding: 'utf-8', header, skipped }
  return { state, start, empty: 0, notes: [] }
}

function requireFew(header: string[]): void {
  const bytes = header.reduce((sum, name) => sum + Buffer.byteLength(name), 0)
  if (header.length <= MOST_NAMES && bytes <= MOST_BYTES) return
  const limits = { limit: MOST_NAMES, mostBytes: MOST_BYTES }
  throw new UnusableError({
    problem: 'long_header',
    line: 1,
    columns: header.length,
    bytes,
    ...limits,
  })
}

/**
 * Whether a file can only be JSON Lines: each of its first lines is an object. A file name for a
 * single JSON text is trusted.
 */
export function looksLikeJsonLines(
  { bytes, isWhole }: HeadBytes,
  { path }: Pick<ImportSpecification, 'path'>,
): boolean {
  if (/\.json(\.gz)?$/i.test(path)) return false
  const lines = bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .split('\n')
  if (!isWhole) lines.pop()
  const parse = lineParser([])
  const filled = lines.filter((line) => line.trim() !== '').slice(0, FIRST_LINES)
  return filled.length > 0 && filled.every((line) => isObject(parse(line)))
}

const FIRST_LINES = 2

/** A rejected line that an export has as text is one, too, before it is corrected. */
function isObject({ flag, unknown }: RecordReading): boolean {
  return flag === undefined || unknown !== undefined
}
