import type { Trx } from '../../db/store.ts'
import type { Target } from '../../db/target.ts'
import type { JobFailure } from '../../domain/words/messages.ts'
import type { SourceRecord } from '../formats/source-reader.ts'
import { openTarget, type TargetOptions } from './plan/open-target.ts'
import { TooNarrow } from './plan/widen.ts'
import type { RecordFeed } from './record-feed.ts'
import { countRecords, type BatchTally } from './tally-batch.ts'
import { validator, type ValidatedRecord } from './validate.ts'

/**
 * Records whose values are in memory at once. So few are forgotten as soon as they are written: the
 * garbage collection never has to move them.
 */
const CHUNK_RECORDS = 1_000
/** What is told of so many is in memory until the batch is committed. */
const BATCH_MESSAGES = 20_000
/** The same goes for the bytes of those that are rejected: so many of them, and one record. */
const BATCH_BYTES = 1024 * 1024

export type WrittenRecord = {
  records: number
  /** A limit of the specification that was reached, and by which of the records. */
  limit: { failure: JobFailure; record: number } | undefined
}

/**
 * Validates, writes and counts records, inside of a transaction that is the caller's.
 *
 * A record passes these stations, in this order: source filter → transform → calculate → cast →
 * check → key → decide → write. The first three do not exist yet: they go to the beginning of the
 * function that `validator` makes, on what `SourceRecord.read` gives, before the first cast. Cast
 * and check are in `validate.ts`, and what only the database can check in the driver's
 * `Target.apply`, where key, decide (domain/reconcile) and write are too.
 */
export class RecordWriter {
  readonly #options: TargetOptions
  readonly #validate: (source: SourceRecord) => ValidatedRecord
  #target: Target | undefined

  constructor(options: TargetOptions) {
    this.#options = options
    this.#validate = validator(options.plan)
  }

  /**
   * Takes the next records, so many at most, and fewer where they are long. It ends soon behind one that reaches a limit: some
   * behind it may have been written, and must be undone. Those that the database refused at the
   * commit are rejected.
   */
  async write(
    trx: Trx,
    feed: RecordFeed,
    tally: BatchTally,
    { most, isRefused }: { most: number; isRefused: boolean },
  ): Promise<WrittenRecord> {
    let records = 0
    let bytes = 0
    while (records < most && bytes < BATCH_BYTES && tally.rejects.length < BATCH_MESSAGES) {
      const taken = await feed.next(trx, Math.min(CHUNK_RECORDS, most - records))
      if (taken.length === 0) break
      for (const record of taken) bytes += record.bytes
      if (isRefused) for (const record of taken) record.attempt = 'refused'
      const chunk = taken.map(this.#validate)
      requireWide(chunk)
      await this.#apply(trx, chunk)
      const limit = countRecords(tally, chunk, this.#options)
      if (limit !== undefined) {
        const { failure, length } = limit
        return { records: records + chunk.length, limit: { failure, record: records + length } }
      }
      records += chunk.length
    }
    return { records, limit: undefined }
  }

  async #apply(trx: Trx, records: ValidatedRecord[]): Promise<void> {
    const rows = records.filter(({ text }) => text === undefined)
    if (rows.length === 0) return
    // Not before there is a good record: a file without one fills no field, and has no statement.
    const target = (this.#target ??= openTarget(this.#options))
    const outcomes = await target.apply(trx, rows)
    rows.forEach((row, index) => (row.outcome = outcomes[index]))
  }
}

/** @throws TooNarrow */
function requireWide(records: ValidatedRecord[]): void {
  const first = records.find(({ narrow }) => narrow !== undefined)
  if (first === undefined) return
  throw new TooNarrow(
    first.record,
    records.flatMap(({ narrow }) => narrow ?? []),
  )
}
