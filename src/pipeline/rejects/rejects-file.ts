import type { Store } from '../../db/store.ts'
import type { RejectsExport } from '../formats/source-reader.ts'
import type { ResumeState } from '../import/opening/resume-state.ts'
import { sourceReaderOf } from '../known-formats.ts'
import { rejectsSheet } from './rejects-sheet.ts'
import { sourceColumns } from '../import/plan/source-columns.ts'

/**
 * `sheetSeparator` is the cell separator for spreadsheets, which depends on the language; undefined
 * for a file to import again.
 */
export type RejectsFile = RejectsExport & {
  /** The state that the checkpoint stores about the source. */
  memo: ResumeState
  sheetSeparator: string | undefined
}

/** Rejected records as a file to correct and import again, or to read in a spreadsheet. */
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
