import type { Db } from '../../../db/store.ts'
import type { TableInfo } from '../../../domain/records/table.ts'
import type { Position } from '../../../domain/jobs/checkpoint.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { OpenRecords } from '../../formats/source-reader.ts'
import type { RunPorts } from '../../ports.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { CorrectedSource } from './corrected-source.ts'
import { readerOfFile } from './files-of-memo.ts'
import { openEach, openFiles } from './open-files.ts'
import type { ResumeState } from './resume-state.ts'
import { openSource, type SourceProfile } from './source-profile.ts'

/** The part of a source that batches check and store. */
export type SourceIdentity = Pick<
  SourceFile,
  'path' | 'description' | 'sha256' | 'check' | 'expect' | 'hash' | 'close'
>

/** Where the records of an import come from: files, or corrected records in the database. */
export type ImportSource = {
  /** One or more, in the order in which they are read. */
  files: SourceIdentity[]
  /**
   * Opens them for the first time.
   * @throws UnusableError if one cannot be read or detected
   */
  profile(given: ImportSpecification, table: TableInfo | undefined): Promise<SourceProfile>
  records(wanted: WantedRecords): OpenRecords
}

/** The records of a file from a position on. */
export type WantedRecords = {
  file: number
  memo: ResumeState
  from: Position
  isStop(error: unknown): boolean
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
      files: [source],
      profile: (given) => Promise.resolve(source.profile(given)),
      records: ({ memo, from }) => source.records(memo, from),
    }
  }
  const files = await openEach(specification, (place) => openSource(db, place, ports))
  return {
    files,
    profile: (given, table) => openFiles(given, files, table),
    records({ file, memo, from, isStop }) {
      const source = files[file]
      if (source === undefined) throw new Error(`no file ${file}`)
      return readerOfFile(memo, file).open(source, from, isStop)
    },
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
