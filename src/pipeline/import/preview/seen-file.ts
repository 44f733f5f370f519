import type { TableInfo, Typing } from '../../../domain/records/table.ts'
import type { SourcePlace } from '../../../domain/specification/stored-path.ts'
import type { InvalidInputError } from '../../../domain/words/errors.ts'
import type { Message } from '../../../domain/words/messages.ts'
import { withoutRejectColumns } from '../../formats/reject-columns.ts'
import type { SourceRecord } from '../../formats/source-reader.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { sourceNames } from '../fields/source-names.ts'
import type { SourceProfile } from '../opening/source-profile.ts'

/** The beginning of a file. */
export type SeenFile = {
  profile: SourceProfile
  /** The header without the reject columns of an earlier export. */
  header: string[]
  /** The names of these columns, all different. */
  names: string[]
  /** The first records, without those that the specification leaves out at the end. */
  records: SourceRecord[]
  /** Whether there are more of them. */
  isCut: boolean
  /** Size of the file in bytes, on disk. */
  size: number
}

/** One of the files of an import, and what keeps it out. */
export type PreviewedFile = {
  place: SourcePlace
  /** Its path, or the name of a stored file. */
  name: string
  /** Undefined for a file that cannot be read. */
  seen: SeenFile | undefined
  /** Why an import with it could only fail. */
  error: InvalidInputError | undefined
  /** What is to be told of its columns. */
  notes: Message[]
}

export type PreviewOfFiles = {
  files: [PreviewedFile, ...PreviewedFile[]]
  /** The target table; undefined if it does not exist yet. */
  table: TableInfo | undefined
  typing: Typing
}

/** Reads the first records of a file, `most` at most. */
export async function seenOf(
  profile: SourceProfile,
  file: SourceFile,
  table: TableInfo | undefined,
  most: number,
): Promise<SeenFile> {
  const { specification, reader, start } = profile
  const header = withoutRejectColumns(profile.header, specification, table)
  const { skipLast } = specification
  const read = await reader.first(file, start, most + skipLast)
  const records = read.slice(0, Math.max(0, read.length - skipLast))
  const names = sourceNames(header, specification)
  const { size } = file.description
  return { profile, header, names, records, isCut: records.length >= most, size }
}
