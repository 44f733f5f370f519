import type { SourceBytes, Store } from '../../../db/store.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { inColumnsOf } from '../several/in-columns.ts'
import { PREVIEW_RECORDS, withFiles } from './preview-files.ts'
import type { PreviewOfFiles, SeenFile } from './seen-file.ts'

/** The first file of an import, with the first records of all. */
export type OpenPreview = SeenFile &
  PreviewOfFiles & {
    /** The name of the file that each record is in; none where there is only one file. */
    origins: string[]
  }

/**
 * Reads the beginning of a source and hands it to `use`. The values of all records are in the
 * columns of the first file; files that cannot be imported with it have none.
 * @throws InvalidInputError if the first file cannot be opened, or its head not be read
 */
export async function withPreview<Result>(
  store: Pick<Store, 'db' | 'tables'>,
  given: ImportSpecification,
  reading: SourceBytes,
  use: (preview: OpenPreview) => Promise<Result> | Result,
): Promise<Result> {
  return await withFiles(store, given, reading, (preview) => {
    const { files } = preview
    const { seen: first, error } = files[0]
    if (first === undefined) throw error ?? new Error('a file that cannot be read says why')
    if (files.length === 1) return use({ ...preview, ...first, origins: [] })

    const each = Math.ceil(PREVIEW_RECORDS / files.length)
    const all = files.flatMap(({ seen, name, error: wrong }) => {
      if (seen === undefined || wrong !== undefined) return []
      const inFirst = inColumnsOf(first.profile.header, seen.profile.memo)
      return seen.records.slice(0, each).map((record) => ({ record: inFirst(record), name }))
    })
    const [records, origins] = [all.map(({ record }) => record), all.map(({ name }) => name)]
    return use({ ...preview, ...first, records, origins })
  })
}
