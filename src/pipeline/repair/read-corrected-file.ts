import type { Store } from '../../db/store.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import { REJECT_COLUMNS } from '../formats/reject-columns.ts'
import type { RecordReading, SourceReader } from '../formats/source-reader.ts'
import { openGiven } from '../import/plan/check-import.ts'
import { openImport } from '../import/opening/source-profile.ts'
import { refusing } from '../refusing.ts'
import type { SourceFile } from '../source/source-file.ts'
import { textOfValue } from '../values/typed-value.ts'

/** A record of a corrected reject file; without bytes where it cannot be read. */
export type FileCorrection = { line: number; record: number | undefined; raw: Buffer | undefined }

type CorrectedFile = {
  /** How the first job read its file; what it did not say is found out from this one. */
  specification: ImportSpecification
  path: string
  /** Writes records as the first job reads them. */
  reader: SourceReader
}

const ADDED = REJECT_COLUMNS.length
const RECORD_AT = REJECT_COLUMNS.indexOf('reject_record')

/**
 * Yields the records of an exported reject file that somebody corrected: each as the first job reads
 * it, with its number in that job's file.
 * @throws InvalidInputError for a file that cannot be read, or lacks the reject columns
 */
export async function* readCorrectedFile(
  store: Store,
  { specification, path, reader }: CorrectedFile,
): AsyncGenerator<FileCorrection> {
  const given = { ...specification, path, beneath: null }
  const file = await openGiven(store.db, given)
  try {
    yield* recordsOfFile(store, file, given, reader)
  } finally {
    await file.close()
  }
}

async function* recordsOfFile(
  store: Store,
  file: SourceFile,
  given: ImportSpecification,
  target: SourceReader,
): AsyncGenerator<FileCorrection> {
  const table = await store.tables.describe(store.db, given.table)
  const { reader, header, start } = await refusing(() => openImport(given, file, table))
  const tail = header.slice(-ADDED)
  if (!REJECT_COLUMNS.every((name, at) => tail[at] === name)) {
    throw new InvalidInputError({ problem: 'no_reject_columns', path: given.path })
  }
  const width = header.length - ADDED
  const { records, windows } = reader.open(file, start)
  for await (const _ of windows) {
    for (let one = records.next(); one !== undefined; one = records.next()) {
      const reading = one.read()
      const { line } = one
      const isReadable = reader.messageOf(reading, () => '') === undefined
      const record = numberIn(textOfValue(reading.fields[width + RECORD_AT]))
      const raw = isReadable ? target.compose(ownValues(reading, width)) : undefined
      yield { line, record: isReadable ? record : undefined, raw }
    }
  }
}

/** The values without those of the reject columns. */
function ownValues({ fields, emptyTexts }: RecordReading, width: number): RecordReading {
  return { flag: undefined, fields: fields.slice(0, width), emptyTexts }
}

function numberIn(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
