import type { Store } from '../../db/store.ts'
import { InvalidInputError, UnusableError } from '../../domain/words/errors.ts'
import type { Problem } from '../../domain/words/problems.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import { REJECT_COLUMNS, withoutRejectNames } from '../formats/reject-columns.ts'
import type { RecordReading, SourceReader, SourceRecord } from '../formats/source-reader.ts'
import { openGiven } from '../import/plan/check-import.ts'
import { openImport } from '../import/opening/source-profile.ts'
import { refusing } from '../refusing.ts'
import type { SourceFile } from '../source/source-file.ts'
import { textOfValue } from '../values/typed-value.ts'

/** The reject that a record of a corrected file says it is. */
export type NamedReject = { record: number; line: number; field: string; code: string }

/** A record of a corrected reject file. */
export type FileCorrection = {
  /** Where it stands in that file. */
  line: number
  /** Undefined where the record cannot be read, or does not say it. */
  reject: NamedReject | undefined
  /** Its bytes as the first job reads them; undefined where that job's file cannot hold it. */
  raw: Buffer | undefined
  /** Why not. */
  problem: Problem | undefined
}

type CorrectedFile = {
  /** How the first job read its file; what it did not say is found out from this one. */
  specification: ImportSpecification
  path: string
  /** Writes each record as the first job reads it. */
  readerOf(record: number): SourceReader
  /** The columns of the first job's file, for who has a file with others. */
  columns: string[]
}

const ADDED = REJECT_COLUMNS.length
/** Every import that has rejects has a first record. */
const FIRST = 1

/**
 * Yields the records of an exported reject file that somebody corrected: each as the first job reads
 * it, with the reject that it says it is.
 * @throws InvalidInputError for a file that cannot be read, lacks the reject columns, or has other
 *   columns than the first job's
 */
export async function* readCorrectedFile(
  store: Store,
  wanted: CorrectedFile,
): AsyncGenerator<FileCorrection> {
  const specification = { ...wanted.specification, path: wanted.path, beneath: null }
  const file = await openGiven(store.db, specification)
  try {
    yield* recordsOfFile(store, file, { ...wanted, specification })
  } finally {
    await file.close()
  }
}

type Compose = NonNullable<ReturnType<SourceReader['composer']>>

async function* recordsOfFile(
  store: Store,
  file: SourceFile,
  { specification: given, readerOf, columns }: CorrectedFile,
): AsyncGenerator<FileCorrection> {
  const table = await store.tables.describe(store.db, given.table)
  const { reader, header, start, path } = await refusing(() => openImport(given, file, table))
  const names = withoutRejectNames(header)
  if (names === undefined) throw new InvalidInputError({ problem: 'no_reject_columns', path })
  const composeFor = (record: number) => readerOf(record).composer(names)
  if (composeFor(FIRST) === undefined) {
    const words = { found: names.join(', '), columns: columns.join(', ') }
    throw new InvalidInputError({ problem: 'other_columns', path, ...words })
  }
  const { records, windows } = reader.open(file, start)
  for await (const _ of windows) {
    for (let one = records.next(); one !== undefined; one = records.next()) {
      yield correctionOf(one, reader, { names, header }, composeFor)
    }
  }
}

function correctionOf(
  record: SourceRecord,
  reader: SourceReader,
  { names, header }: { names: string[]; header: string[] },
  composeFor: (record: number) => Compose | undefined,
): FileCorrection {
  const reading = record.read()
  const { line } = record
  const isReadable = reader.messageOf(reading, () => '') === undefined
  const reject = isReadable ? rejectIn(reading, header.length - ADDED) : undefined
  if (reject === undefined) return { line, reject, raw: undefined, problem: undefined }
  try {
    const compose = composeFor(reject.record)
    const raw = compose?.(ownValues(reading, names.length))
    return { line, reject, raw, problem: undefined }
  } catch (error) {
    if (!(error instanceof UnusableError)) throw error
    return { line, reject, raw: undefined, problem: error.problem }
  }
}

/** @param from the first of the columns that say it */
function rejectIn({ fields }: RecordReading, from: number): NamedReject | undefined {
  const [line, record, , field = '', code = ''] = fields.slice(from).map(textOfValue)
  const [atLine, number] = [numberIn(line), numberIn(record)]
  if (atLine === undefined || number === undefined) return undefined
  return { record: number, line: atLine, field, code }
}

/** The values without those of the reject columns. */
function ownValues({ fields, emptyTexts }: RecordReading, width: number): RecordReading {
  return { flag: undefined, fields: fields.slice(0, width), emptyTexts }
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
