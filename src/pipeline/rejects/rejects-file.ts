import type { Store } from '../../db/store.ts'
import type { RejectsExport } from '../formats/source-reader.ts'
import type { ResumeState } from '../import/opening/resume-state.ts'
import { sourceReaderOf } from '../known-formats.ts'
import { rejectsSheet } from './rejects-sheet.ts'
import { sourceColumns } from '../import/plan/source-columns.ts'

/** What stands between two cells of a file for a spreadsheet, which goes by the language; undefined for no such file. */
export type RejectsFile = RejectsExport & {
  /** How the source is written, as the checkpoint remembers it. */
  memo: ResumeState
  sheetSeparator: string | undefined
}

/** Rejected records as a file to correct and import again, or as one to read in a spreadsheet. */
export async function* rejectsFile(
  store: Store,
  { sheetSeparator, ...wanted }: RejectsFile,
): AsyncGenerator<Buffer> {
  if (sheetSeparator === undefined) {
    yield* sourceReaderOf(wanted.memo).exportRejects(wanted)
  } else {
    const columns = await sourceColumns(store, wanted.memo, wanted.specification)
    yield* rejectsSheet({ ...wanted, columns, separator: sheetSeparator })
  }
}
