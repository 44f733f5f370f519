import type { Store, Trx } from '../../db/store.ts'
import type { Target } from '../../db/target.ts'
import type { JobFailure } from '../../domain/words/messages.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import type { DelimitedRecord } from '../formats/delimited/tokenizer/delimited-record.ts'
import type { ImportPlan } from './plan/match-table.ts'
import { TooNarrow } from '../formats/delimited/head/widen.ts'
import type { RecordReader } from './record-reader.ts'
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

export type RecordWriterOptions = {
  /** Where the rows go: the job's own database, or the copy in which a dry run is rehearsed. */
  store: Store
  jobId: number
  specification: ImportSpecification
  plan: ImportPlan
}

export type WrittenRecord = {
  records: number
  /** A limit of the specification that was reached, and by which of the records. */
  limit: { failure: JobFailure; record: number } | undefined
}

/** Validates, writes and counts records, inside of a transaction that is the caller's. */
export class RecordWriter {
  readonly #options: RecordWriterOptions
  readonly #validate: (source: DelimitedRecord) => ValidatedRecord
  #target: Target | undefined

  constructor(options: RecordWriterOptions) {
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
    reader: RecordReader,
    tally: BatchTally,
    { most, isRefused }: { most: number; isRefused: boolean },
  ): Promise<WrittenRecord> {
    let records = 0
    let bytes = 0
    while (records < most && bytes < BATCH_BYTES && tally.rejects.length < BATCH_MESSAGES) {
      const taken = await reader.next(trx, Math.min(CHUNK_RECORDS, most - records))
      if (taken.length === 0) break
      for (const { offset, end } of taken) bytes += end - offset
      if (isRefused) for (const record of taken) record.attempt = 'refused'
      const chunk = taken.map(this.#validate)
      requireWide(chunk)
      await this.#apply(trx, chunk)
      const limit = countRecords(tally, chunk, this.#options.specification)
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

/** @throws UnusableError where the table does not let what the specification asks for */
export function openTarget({ store, jobId, specification, plan }: RecordWriterOptions): Target {
  const { table, mapping, options, key, secondKey } = plan
  const { operation, doubles, duplicates } = specification
  const fields = mapping.fields.map((field) => field.name)
  return store.openTarget({
    jobId,
    table,
    fields,
    options,
    key,
    secondKey,
    operation,
    doubles,
    duplicates,
  })
}
