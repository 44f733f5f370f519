import type { SourceBytes, Store } from '../../../db/store.ts'
import type { TableInfo, Typing } from '../../../domain/records/table.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { withoutRejectColumns } from '../../formats/reject-columns.ts'
import type { SourceRecord } from '../../formats/source-reader.ts'
import { refusing } from '../../refusing.ts'
import { openImport, type SourceProfile } from '../opening/source-profile.ts'
import { openGiven } from '../plan/check-import.ts'
import { sourceNames } from '../fields/source-names.ts'

/** Records that a preview reads: a large file opens as fast as a small one. */
export const PREVIEW_RECORDS = 1_000

export type OpenPreview = {
  profile: SourceProfile
  /** The target table; undefined if it does not exist yet. */
  table: TableInfo | undefined
  /** The header without the reject columns of an earlier export. */
  header: string[]
  /** The names of these columns, all different. */
  names: string[]
  /** The first records, without those that the specification leaves out at the end. */
  records: SourceRecord[]
  /** Size of the file in bytes, on disk. */
  size: number
  typing: Typing
}

/**
 * Reads the beginning of a source and hands it to `use`.
 * @throws InvalidInputError if the file cannot be opened, or its head not be read
 */
export async function withPreview<Result>(
  store: Store,
  given: ImportSpecification,
  reading: SourceBytes,
  use: (preview: OpenPreview) => Promise<Result> | Result,
): Promise<Result> {
  const source = await openGiven(store.db, given, reading)
  try {
    return await refusing(async () => {
      const table = await store.tables.describe(store.db, given.table)
      const profile = await openImport(given, source, table)
      const { specification, reader, start } = profile
      const header = withoutRejectColumns(profile.header, specification, table)
      const { skipLast } = specification
      const read = await reader.first(source, start, PREVIEW_RECORDS + skipLast)
      const records = read.slice(0, Math.max(0, read.length - skipLast))
      const names = sourceNames(header, specification)
      const { size } = source.description
      const { typing } = store.tables
      return await use({ profile, table, header, names, records, size, typing })
    })
  } finally {
    await source.close()
  }
}
