import type { Store } from '../../db/store.ts'
import { exportRejects, type RejectsExport } from './export-rejects.ts'
import { rejectsSheet } from './rejects-sheet.ts'
import { sourceColumns } from '../import/plan/source-columns.ts'

/** The delimiter of a file for a spreadsheet, which goes by the language; undefined for no such file. */
export type RejectsFile = RejectsExport & { sheetDelimiter: string | undefined }

/** Rejected records as a file to correct and import again, or as one to read in a spreadsheet. */
export async function* rejectsFile(
  store: Store,
  { sheetDelimiter, ...wanted }: RejectsFile,
): AsyncGenerator<Buffer> {
  if (sheetDelimiter === undefined) {
    yield* exportRejects(wanted)
  } else {
    const columns = await sourceColumns(store, wanted.memo, wanted.specification)
    yield* rejectsSheet({ ...wanted, columns, delimiter: sheetDelimiter })
  }
}
