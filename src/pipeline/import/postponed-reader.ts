import type { Store } from '../../db/store.ts'
import type { PostponedRecord } from '../../db/target.ts'
import type { DelimitedRecord } from '../formats/delimited/tokenizer/delimited-record.ts'
import { scannerFor, type DelimitedOptions } from '../formats/delimited/tokenizer/delimited.ts'
import type { GivenDialect } from '../formats/delimited/dialect/dialect.ts'
import type { RecordReader } from './record-reader.ts'

type PostponedDialect = GivenDialect & Pick<DelimitedOptions, 'columns'>

/**
 * The records that refer to later ones of the file, now that it was read to its end. They lie in
 * the database and are taken one by one: which is next may depend on the one before.
 */
export function postponedReader(
  { store, jobId }: { store: Store; jobId: number },
  dialect: PostponedDialect,
  { position, empty }: Pick<RecordReader, 'position' | 'empty'>,
): RecordReader {
  const postponed = store.openPostponed(jobId)
  return {
    position,
    empty,
    hasNext: () => postponed.isAny(),
    async next(trx) {
      const taken = await postponed.take(trx)
      return taken === undefined ? [] : [readAgain(taken, dialect)]
    },
    // They come back with the transaction that took them.
    mark: () => () => undefined,
  }
}

function readAgain(taken: PostponedRecord, dialect: PostponedDialect): DelimitedRecord {
  const { offset, line, raw, attempt } = taken
  const scanner = scannerFor({ ...dialect, offset, line, record: taken.record - 1 })
  scanner.append(raw)
  scanner.end()
  scanner.look()
  const record = scanner.next()
  if (record === undefined) throw new Error(`record ${taken.record} was postponed without its text`)
  record.attempt = attempt
  return record
}
