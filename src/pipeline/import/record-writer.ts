import { setImmediate as turn } from 'node:timers/promises'
import type { Trx, Target } from '../../db/store.ts'
import type { JobFailure } from '../../domain/words/failures.ts'
import type { SourceRecord } from '../formats/source-reader.ts'
import type { ChangeSample } from './change-sample.ts'
import type { Calculated, Calculator } from '../expressions/calculator.ts'
import { lookupsOf } from './lookups.ts'
import type { ImportPlan } from './plan/match-table.ts'
import { openTarget, type TargetOptions } from './plan/open-target.ts'
import { TooNarrow } from './plan/widen.ts'
import type { RecordFeed } from './feeds/record-feed.ts'
import { countRecords, type BatchTally } from './tally-batch.ts'
import { validator, type ValidatedRecord } from './validate.ts'

/**
 * Records with parsed values in memory at once. So few are freed right after writing, before the
 * garbage collector must move them.
 */
const CHUNK_RECORDS = 1_000
/** While so many are validated, an answer of the database has to wait. */
const TURN_RECORDS = 200
/** Maximum messages in memory before a commit. */
const BATCH_MESSAGES = 20_000

type Validator = ReturnType<typeof validator>

/** Records whose outcomes are under way. */
type Chunk = { records: ValidatedRecord[]; written: Promise<void> }

export type WriterOptions = TargetOptions & {
  /** What notes the outcomes, of a dry run and of a check of corrections. */
  changes?: Pick<ChangeSample, 'begin' | 'note' | 'wantsFound'> | undefined
  /** Of an import with expressions. */
  calculator?: Calculator | undefined
  /** The plan for a record, by the file that it is in. */
  planOf(record: number): ImportPlan
}

export type WrittenRecord = {
  records: number
  /** The limit that was reached, and the number of records up to it. */
  limit: { failure: JobFailure; record: number } | undefined
}

/**
 * Validates, writes and counts records in the caller's transaction.
 *
 * The pipeline of a record is: source filter → value source, transforms, value format (all in
 * `fields/`) → cast → check → key → decide → write. Up to the checks it is the function that
 * `validator` returns; checks in other tables follow by chunks (`lookups.ts`). Checks that only the
 * target can make are in the driver's `Target.apply`, with key, decide (domain/reconcile) and write.
 */
export class RecordWriter {
  readonly #options: WriterOptions
  readonly #validatorOf: (record: number) => Validator
  readonly #look: ReturnType<typeof lookupsOf>
  #target: Target | undefined

  constructor(options: WriterOptions) {
    this.#options = options
    this.#validatorOf = validatorsOf(options.planOf)
    this.#look = lookupsOf(options.store, options.plan)
  }

  /**
   * Writes the next records, at most `most`, and fewer if they are long. It stops soon after a
   * record reaches a limit: later ones may be written already and must be rolled back. With
   * `isRefused`, the records are those that the database refused at commit, and are rejected.
   * @throws RetryBatch
   */
  async write(
    trx: Trx,
    feed: RecordFeed,
    tally: BatchTally,
    options: { most: number; isRefused: boolean },
  ): Promise<WrittenRecord> {
    this.#options.changes?.begin()
    const underWay: Chunk[] = []
    const areWritten = () => Promise.allSettled(underWay.map(({ written }) => written))
    try {
      const written = await this.#writeChunks(trx, feed, tally, { ...options, underWay })
      await areWritten()
      await this.#target?.settle()
      return written
    } catch (error) {
      // Nothing may use the transaction any more when it is rolled back.
      await areWritten()
      await this.#target?.giveUp()
      throw error
    }
  }

  async #writeChunks(
    trx: Trx,
    feed: RecordFeed,
    tally: BatchTally,
    { most, isRefused, underWay }: { most: number; isRefused: boolean; underWay: Chunk[] },
  ): Promise<WrittenRecord> {
    const { bytes: mostBytes, chunksAhead } = this.#options.store.batches
    // What is postponed is taken by the outcome of the record before.
    const ahead = feed.isInOrder ? chunksAhead : 0
    let [records, counted, bytes] = [0, 0, 0]
    for (;;) {
      const isFull = records >= most || bytes >= mostBytes || tally.rejects.length >= BATCH_MESSAGES
      const atOnce = Math.min(this.#target?.chunkRecords ?? CHUNK_RECORDS, most - records)
      const taken = isFull ? [] : await feed.next(trx, atOnce)
      if (taken.length > 0) {
        for (const record of taken) bytes += record.bytes
        if (isRefused) for (const record of taken) record.attempt = 'refused'
        underWay.push(await this.#begin(trx, taken, ahead > 0))
        records += taken.length
        if (underWay.length <= ahead) continue
      }
      const [chunk] = underWay
      if (chunk === undefined) return { records, limit: undefined }
      await chunk.written
      underWay.shift()
      // The database is given its next chunk before another is validated.
      if (chunksAhead > 0) await turn()
      const limit = countRecords(tally, chunk.records, this.#options)
      if (limit !== undefined) {
        return { records, limit: { failure: limit.failure, record: counted + limit.length } }
      }
      counted += chunk.records.length
      this.#options.changes?.note(chunk.records, this.#options.plan)
    }
  }

  /** Validates records, and begins to write them. */
  async #begin(trx: Trx, taken: SourceRecord[], isOverlapped: boolean): Promise<Chunk> {
    const calculated = await this.#calculate(taken)
    const records: ValidatedRecord[] = []
    for (const [at, one] of taken.entries()) {
      if (isOverlapped && at % TURN_RECORDS === 0) await turn()
      records.push(this.#validatorOf(one.record)(one, calculated?.[at]))
    }
    requireWide(records)
    if (isOverlapped) await turn()
    if (this.#look !== undefined) await this.#look(trx, records)
    const written = this.#apply(trx, records)
    // Who waits for it is told; until then it is no unhandled rejection.
    written.catch(() => undefined)
    return { records, written }
  }

  /** Records that the job does not take are not calculated. */
  async #calculate(taken: SourceRecord[]): Promise<Calculated[][] | undefined> {
    const { calculator, planOf } = this.#options
    if (calculator === undefined) return undefined
    const values = taken.map((record) => {
      const { calculation, isWanted } = planOf(record.record)
      const reading = record.read()
      const isIn = isWanted(record) && isWanted(record, reading) && reading.flag === undefined
      const given = isIn ? calculation?.valuesOf(reading) : undefined
      return given && { record: record.record, line: record.line, values: given }
    })
    const results = await calculator.calculateEach(values.filter((one) => one !== undefined))
    let at = 0
    return values.map((one) => (one === undefined ? [] : (results[at++] ?? [])))
  }

  async #apply(trx: Trx, records: ValidatedRecord[]): Promise<void> {
    const rows = records.filter(({ text, outcome }) => text === undefined && outcome === undefined)
    if (rows.length === 0) return
    // Opened at the first good record: without one, no field is filled and no statement exists.
    const { changes } = this.#options
    const wantsFound = changes && (() => changes.wantsFound)
    const target = (this.#target ??= openTarget({ ...this.#options, wantsFound }))
    const outcomes = await target.apply(trx, rows)
    rows.forEach((row, index) => (row.outcome = outcomes[index]))
  }
}

function validatorsOf(planOf: WriterOptions['planOf']): (record: number) => Validator {
  const known = new Map<ImportPlan, Validator>()
  return (record) => {
    const plan = planOf(record)
    const validate = known.get(plan) ?? validator(plan)
    known.set(plan, validate)
    return validate
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
