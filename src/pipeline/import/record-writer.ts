import type { Trx, Target } from '../../db/store.ts'
import type { JobFailure } from '../../domain/words/messages.ts'
import type { SourceRecord } from '../formats/source-reader.ts'
import { openTarget, type TargetOptions } from './plan/open-target.ts'
import { TooNarrow } from './plan/widen.ts'
import type { RecordFeed } from './record-feed.ts'
import { countRecords, type BatchTally } from './tally-batch.ts'
import { validator, type ValidatedRecord } from './validate.ts'

/**
 * Records with parsed values in memory at once. So few are freed right after writing, before the
 * garbage collector must move them.
 */
const CHUNK_RECORDS = 1_000
/** Maximum messages in memory before a commit. */
const BATCH_MESSAGES = 20_000
/** Maximum bytes of records per batch, plus one record, since rejected ones stay in memory. */
const BATCH_BYTES = 1024 * 1024

export type WrittenRecord = {
  records: number
  /** The limit that was reached, and the number of records up to it. */
  limit: { failure: JobFailure; record: number } | undefined
}

/**
 * Validates, writes and counts records in the caller's transaction.
 *
 * The pipeline of a record is: source filter → transform → calculate → cast → check → key → decide
 * → write. The first three do not exist yet; their place is the start of the function that
 * `validator` returns, on the result of `SourceRecord.read`, before the first cast. Cast and check
 * are in `validate.ts`. Checks that only the database can make are in the driver's `Target.apply`,
 * with key, decide (domain/reconcile) and write.
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
   * Writes the next records, at most `most`, and fewer if they are long. It stops soon after a
   * record reaches a limit: later ones may be written already and must be rolled back. With
   * `isRefused`, the records are those that the database refused at commit, and are rejected.
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
    // Opened at the first good record: without one, no field is filled and no statement exists.
    const target = (this.#target ??= openTarget(this.#options))
    const outcomes = await target.apply(trx, rows)
    rows.forEach((row, index) => (row.outcome = outcomes[index]))
  }
}

/** @throws TooNarrow if a value does not fit an inferred type */
function requireWide(records: ValidatedRecord[]): void {
  const first = records.find(({ narrow }) => narrow !== undefined)
  if (first === undefined) return
  throw new TooNarrow(
    first.record,
    records.flatMap(({ narrow }) => narrow ?? []),
  )
}
