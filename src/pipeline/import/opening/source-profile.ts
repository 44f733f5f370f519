import { hostname } from 'node:os'
import type { Db, SourceBytes as ReadingOfFiles } from '../../../db/store.ts'
import type { TableInfo } from '../../../domain/records/table.ts'
import type { Position } from '../../../domain/jobs/checkpoint.ts'
import { JobFailure } from '../../../domain/words/failures.ts'
import type { Message } from '../../../domain/words/messages.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { storedId, type SourcePlace } from '../../../domain/specification/stored-path.ts'
import type { SourceReader } from '../../formats/source-reader.ts'
import { formatOf } from '../../known-formats.ts'
import { NoStoredFileError } from '../../files/stored-file.ts'
import { SourceFile } from '../../source/source-file.ts'
import type { SourceValue } from '../../values/typed-value.ts'
import { importState, type ResumeState } from './resume-state.ts'

/** What opening a file detects: its dialect, its header, and the position of the first record. */
export type SourceProfile = {
  /** The path or name of the file, for messages. */
  path: string
  memo: ResumeState
  /** The specification without options that the format of the file does not use. */
  specification: ImportSpecification
  reader: SourceReader
  header: string[]
  start: Position
  /** Number of empty lines before the header. */
  empty: number
  /** Messages about what was detected rather than specified. */
  notes: Message[]
  /** Each further file, as if it were the only one. */
  others: SourceProfile[]
  /** The fields of the first good records, of all files in the columns of the first, at most `limit`. */
  sample(limit: number): Promise<SampleRecord[]>
}

/** The values of a record; undefined for missing ones. */
export type SampleRecord = readonly (SourceValue | undefined)[]

/** @throws JobFailure `source_missing`, which names the machine that has no such file */
export async function openSource(
  db: Db,
  specification: SourcePlace,
  reading: ReadingOfFiles,
): Promise<SourceFile> {
  try {
    return await SourceFile.open(db, specification, reading)
  } catch (error) {
    throw missingSource(specification, error)
  }
}

/** A stored file in the database is the same for every machine, but one on a disk is not. */
function missingSource({ path }: SourcePlace, error: unknown): JobFailure {
  if (error instanceof NoStoredFileError) return new JobFailure('source_missing', { path })
  const isStored = storedId(path) !== undefined
  const onDisk = isStored && error instanceof Error && 'path' in error ? String(error.path) : path
  return new JobFailure('source_missing', { path: onDisk, host: hostname() })
}

/**
 * @param table the existing table, if any
 * @throws UnusableError if the header cannot be read or detected
 */
export async function openImport(
  given: ImportSpecification,
  source: SourceFile,
  table: TableInfo | undefined,
): Promise<SourceProfile> {
  const format = await formatOf(source, given)
  const specification = format.adapt(given)
  // Messages name a stored file by its name, not by its id.
  const named = { ...specification, path: source.path }
  const { state, start, empty, notes } = await format.open(source, named, table)
  const file = { name: source.path, source: source.description, sha256: null }
  const memo = importState.parse({ ...file, fields: [], ...state })
  const reader = format.restore(memo)
  const { header } = memo
  const { path } = source
  const sample = (limit: number) => sampleOf(reader, source, start, { specification, limit })
  return { path, memo, specification, reader, header, start, empty, notes, others: [], sample }
}

/** Leaves out what is not data: the last lines to skip, and repeated headers. */
async function sampleOf(
  reader: SourceReader,
  source: SourceFile,
  start: Position,
  { specification, limit }: { specification: ImportSpecification; limit: number },
): Promise<SampleRecord[]> {
  const { skipLast } = specification
  const records = await reader.first(source, start, limit + skipLast)
  return records
    .slice(0, Math.max(0, records.length - skipLast))
    .map((record) => record.read())
    .filter((reading) => reader.messageOf(reading, NO_BYTES) === undefined)
    .map(({ fields }) => fields)
}

/** Messages of records that are left out do not need their bytes. */
const NO_BYTES = () => ''
