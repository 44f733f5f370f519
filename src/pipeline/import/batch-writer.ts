import type { Trx } from '../../db/store.ts'
import type { Position } from '../../domain/jobs/checkpoint.ts'
import type { Counters } from '../../domain/jobs/counters.ts'
import { DeferredKeyError, RetryBatch } from '../../domain/words/errors.ts'
import type { JobFailure, Message } from '../../domain/words/messages.ts'
import { batchOf, type SourceOfBatches } from './batch-of.ts'
import { BatchSize } from './batch-size.ts'
import { checkpointOf, type Reached } from './checkpoint-of.ts'
import { TooNarrow, widen } from './plan/widen.ts'
import type { ResumeState } from './opening/resume-state.ts'
import { RejectLimitReached } from './reject-limit.ts'
import type { ImportPlan } from './plan/match-table.ts'
import type { RunPorts } from '../ports.ts'
import type { RecordFeed } from './record-feed.ts'
import { RecordWriter, type WriterOptions } from './record-writer.ts'
import type { BatchTally } from './tally-batch.ts'

/**
 * Minimum time between checks of the source, in milliseconds, for very small batches of records
 * already read.
 */
const LOOK_MS = 10

type CommitAnswer = Awaited<ReturnType<RunPorts['commit']>>

export type BatchWriterOptions = WriterOptions &
  SourceOfBatches & {
    ports: RunPorts
    counters: Counters
    position: Position
  }

/** Writes the records of an import and their outcomes, one transaction per batch. */
export class BatchWriter {
  readonly #options: BatchWriterOptions
  #plan: ImportPlan
  #records: RecordWriter
  #counters: Counters
  #position: Position
  #memo: ResumeState
  #isOver = false
  readonly #size: BatchSize
  /** Number of records to write one by one, because the database refused one of them at commit. */
  #alone = 0

  constructor(options: BatchWriterOptions) {
    this.#options = options
    this.#plan = options.plan
    this.#records = new RecordWriter(options)
    this.#size = new BatchSize(options.store.batches.milliseconds)
    this.#counters = options.counters
    this.#position = options.position
    this.#memo = options.plan.memo
  }

  /** Writes the buffered records in batches of about the time that the database wants. */
  async write(feed: RecordFeed): Promise<CommitAnswer> {
    let lookedAt = -Infinity
    // Without records there is nothing to commit.
    while (await feed.hasNext()) {
      // If the file is still unchanged, all that was read before came from it.
      if (performance.now() - lookedAt >= LOOK_MS) {
        await this.#options.source.check()
        lookedAt = performance.now()
      }
      if ((await this.#writeBatch(feed)) === 'stop') return 'stop'
    }
    return 'go_on'
  }

  /**
   * Commits the end of the source if records are postponed, with the total and the number of
   * records to retry.
   */
  async endSource(feed: RecordFeed): Promise<CommitAnswer> {
    if (this.#memo.postponed !== null) return 'go_on'
    const count = feed.position.record - this.#counters.processed
    this.#memo = { ...this.#memo, postponed: count }
    if (count === 0) return 'go_on'
    return await this.#store(feed, () => Promise.resolve(), [
      { code: 'TLY-1026', params: { count } },
    ])
  }

  /** Commits the end of the run, with the last empty lines and journal messages. */
  async finish(feed: RecordFeed, told: Message[]): Promise<CommitAnswer> {
    this.#isOver = true
    const journal = [...this.#plan.reader.atEnd(this.#memo.seen), ...told]
    return await this.#store(feed, () => Promise.resolve(), journal)
  }

  async #writeBatch(feed: RecordFeed, most = this.#most): Promise<CommitAnswer> {
    const back = feed.mark()
    try {
      return await this.#tryBatch(feed, most)
    } catch (error) {
      // The rollback is complete; the batch is retried without the records after the limit.
      if (error instanceof RejectLimitReached) {
        back()
        return await this.#writeBatch(feed, error.records)
      }
      if (error instanceof RetryBatch) {
        back()
        return await this.#writeBatch(feed, most)
      }
      if (error instanceof TooNarrow) {
        back()
        const answer = await this.#widen(feed, error)
        return answer === 'stop' ? answer : await this.#writeBatch(feed, most)
      }
      if (!(error instanceof DeferredKeyError)) throw error
      back()
      if (most === 1) return await this.#tryBatch(feed, 1, { isRefused: true })
      this.#alone = most
      return await this.#writeBatch(feed, 1)
    }
  }

  /**
   * Widens column types, because they were inferred from the first records only: later values are
   * not errors.
   */
  async #widen(feed: RecordFeed, found: TooNarrow): Promise<CommitAnswer> {
    const { announceLongStatement } = this.#options.ports
    return await this.#store(feed, async (trx, { journal }) => {
      announceLongStatement()
      await this.#inTransaction(trx, async (own) => {
        const now = { plan: { ...this.#plan, memo: this.#memo }, found }
        const rows = this.#counters.inserted
        const { plan, message } = await widen(this.#options, own, { ...now, rows })
        journal.push(message)
        this.#plan = plan
        this.#memo = plan.memo
      })
      this.#records = new RecordWriter({ ...this.#options, plan: this.#plan })
    })
  }

  get #most(): number {
    const { records } = this.#size
    return this.#alone > 0 ? 1 : checkpointOf(this.#reached, this.#options.suspects, records).ahead
  }

  async #tryBatch(
    feed: RecordFeed,
    most: number,
    { isRefused } = { isRefused: false },
  ): Promise<CommitAnswer> {
    let failure: JobFailure | undefined
    let began = 0
    let written = 0
    const answer = await this.#store(feed, async (trx, tally) => {
      began = performance.now()
      await this.#inTransaction(trx, async (own) => {
        const options = { most, isRefused }
        const { records, limit } = await this.#records.write(own, feed, tally, options)
        if (limit !== undefined && limit.record < records)
          throw new RejectLimitReached(limit.record)
        failure = limit?.failure
        written = records
        tally.changes = await this.#options.changes?.read(this.#plan, trx, own)
      })
    })
    this.#options.changes?.keep()
    if (this.#alone > 0) this.#alone--
    else this.#size.adapt(written, performance.now() - began)
    if (failure !== undefined) throw failure
    return answer
  }

  /** The rows of a dry run go to the copy; only the job's own transaction belongs to the caller. */
  async #inTransaction(trx: Trx, write: (trx: Trx) => Promise<void>): Promise<void> {
    const { store, specification } = this.#options
    await (specification.dryRun ? store.db.transaction().execute(write) : write(trx))
  }

  async #store(
    feed: RecordFeed,
    write: (trx: Trx, tally: BatchTally) => Promise<void>,
    journal: Message[] = [],
  ): Promise<CommitAnswer> {
    const { seen } = this.#memo
    const { mask } = this.#plan
    const tally: BatchTally = { counters: { ...this.#counters }, rejects: [], journal, seen, mask }
    const answer = await this.#options.ports.commit(async (trx) => {
      await write(trx, tally)
      tally.counters.empty = this.#options.counters.empty + feed.empty
      const reached = { position: feed.position, counters: tally.counters, memo: this.#memo }
      return batchOf(this.#options, reached, { ...tally, most: this.#isOver ? 0 : this.#size.next })
    })
    this.#counters = tally.counters
    this.#memo = { ...this.#memo, seen: tally.seen }
    this.#position = feed.position
    return answer
  }

  get #reached(): Reached {
    return { position: this.#position, counters: this.#counters, memo: this.#memo }
  }
}
