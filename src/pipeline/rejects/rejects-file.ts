import type { Store } from '../../db/store.ts'
import type { RejectsExport } from '../formats/source-reader.ts'
import type { ResumeState } from '../import/opening/resume-state.ts'
import { sourceReaderOf } from '../known-formats.ts'
import { originOf, severalFilesOf } from '../../domain/records/source-files.ts'
import { inOneDialect } from './in-one-dialect.ts'
import { rejectsSheet } from './rejects-sheet.ts'
import { sourceColumns } from '../import/plan/source-columns.ts'

/**
 * `sheetSeparator` is the cell separator for spreadsheets, which depends on the language; undefined
 * for a file to import again.
 */
export type RejectsFile = Omit<RejectsExport, 'fileOf'> & {
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
    const { memo, ...written } = inOneDialect(wanted.memo, wanted.rejects)
    yield* sourceReaderOf(memo).exportRejects({ ...wanted, ...withFileColumn(wanted, written) })
  } else {
    const { memo, specification } = wanted
    const columns = await sourceColumns(store, memo, specification)
    const fileOf = originOf(severalFilesOf({ checkpoint: { memo } }))
    yield* rejectsSheet({ ...wanted, columns, fileOf, separator: sheetSeparator })
  }
}

/** Without names, a column that is added could not be told from the file's own. */
function withFileColumn<Written extends Pick<RejectsExport, 'fileOf'>>(
  { specification, memo: { format } }: Pick<RejectsFile, 'specification' | 'memo'>,
  written: Written,
): Written {
  const { header, columns } = specification
  const isNamed = format === 'json_lines' || (header && columns.length === 0)
  return isNamed ? written : { ...written, fileOf: undefined }
}

/** The encoding and the media type of the file that is exported. */
export function rejectsFileType(memo: ResumeState): { encoding: string; contentType: string } {
  const written = inOneDialect(memo, nothing()).memo
  return { encoding: written.encoding, contentType: sourceReaderOf(written).contentType }
}

async function* nothing(): AsyncGenerator<never> {}
