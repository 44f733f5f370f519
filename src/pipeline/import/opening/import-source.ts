import type { Db } from '../../../db/store.ts'
import type { TableInfo } from '../../../domain/records/table.ts'
import type { Position } from '../../../domain/jobs/checkpoint.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { OpenRecords, SourceReader } from '../../formats/source-reader.ts'
import type { RunPorts } from '../../ports.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { CorrectedSource } from './corrected-source.ts'
import { openImport, openSource, type SourceProfile } from './source-profile.ts'

/** The part of a source that batches check and store. */
export type SourceIdentity = Pick<
  SourceFile,
  'path' | 'description' | 'sha256' | 'check' | 'expect' | 'hash' | 'close'
>

/** Where the records of an import come from: a file, or corrected records in the database. */
export type ImportSource = {
  identity: SourceIdentity
  /**
   * Opens it for the first time.
   * @throws UnusableError if it cannot be read or detected
   */
  profile(given: ImportSpecification, table: TableInfo | undefined): Promise<SourceProfile>
  records(reader: SourceReader, from: Position, isStop: (error: unknown) => boolean): OpenRecords
}

/** @throws JobFailure `source_missing` */
export async function openImportSource(
  db: Db,
  specification: ImportSpecification,
  ports: RunPorts,
): Promise<ImportSource> {
  if (ports.corrected !== undefined) {
    const source = new CorrectedSource(specification.path, ports.corrected)
    return {
      identity: source,
      profile: (given) => Promise.resolve(source.profile(given)),
      records: (reader, from) => source.records(reader, from),
    }
  }
  const file = await openSource(db, specification, ports)
  return {
    identity: file,
    profile: (given, table) => openImport(given, file, table),
    records: (reader, from, isStop) => reader.open(file, from, isStop),
  }
}

/** Corrected records were all wanted by the first job: none of them is left out. */
export function specificationFor(
  { corrected }: Pick<RunPorts, 'corrected'>,
  specification: ImportSpecification,
): ImportSpecification {
  if (corrected === undefined) return specification
  return { ...specification, filter: null, firstRecord: 1, lastRecord: null }
}
