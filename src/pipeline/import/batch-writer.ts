import type { Trx } from '../../db/store.ts'
import { DeferredKeyError, RetryBatch } from '../../domain/words/errors.ts'
import type { JobFailure } from '../../domain/words/failures.ts'
import type { Message } from '../../domain/words/messages.ts'
import { batchOf } from './batch-of.ts'
import { BatchSize, type Suspects } from './batch-size.ts'
import { checkpointOf } from './checkpoint-of.ts'
import type { ChangeSample } from './change-sample.ts'
import { TooNarrow, widen } from './plan/widen.ts'
import { Course, type CourseOptions } from './course.ts'
import { RejectLimitReached } from './reject-limit.ts'
import type { RunPorts } from '../ports.ts'
import type { RecordFeed } from './feeds/record-feed.ts'
import type { BatchTally } from './tally-batch.ts'

/**
 * Minimum time between checks of the source, in milliseconds, for very small batches of records
 * already read.
 */
const LOOK_MS = 10

type CommitAnswer = Awaited<ReturnType<RunPorts['commit']>>

export type BatchWriterOptions = CourseOptions & {
  suspects: Suspects | null
  ports: RunPorts
  /** Of a dry run, whose first changes are shown. */
  changes?: ChangeSample | undefined
}

/** Writes the records of an import and their outcomes, one transaction per batch. */
export class BatchWriter {
  readonly #options: BatchWriterOptions
  readonly course: Course
  #isOver = false
  readonly #size: BatchSize
  /** Number of records to write one by one, because the database refused one of them at commit. */
  #alone = 0

  constructor(options: BatchWriterOptions) {
    this.#options = options
    this.course = new Course(options)
    this.#size = new BatchSize(options.store.batches.milliseconds)
  }

  /** Writes the buffered records in batches of about the time that the database wants. */
  async write(feed: RecordFeed): Promise<CommitAnswer> {
    let lookedAt = -Infinity
    // Without records there is nothing to commit.
    while (await feed.hasNext()) {
      // If the file is still unchanged, all that was read before came from it.
      if (performance.now() - lookedAt >= LOOK_MS) {
        await this.course.source.source.check()
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
    const { memo, counters } = this.course.reached
    if (memo.postponed !== null) return 'go_on'
    const count = feed.position.record - counters.processed
    this.course.reached.memo = { ...memo, postponed: count }
    if (count === 0) return 'go_on'
    return await this.#store(feed, () => Promise.resolve(), [
      { code: 'TLY-1026', params: { count } },
    ])
  }

  /** Commits the end of the run, with the last empty lines and journal messages. */
  async finish(feed: RecordFeed, told: Message[]): Promise<CommitAnswer> {
    this.#isOver = true
    return await this.#store(feed, () => Promise.resolve(), [...this.course.atEnd(), ...told])
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
        const { memo, counters } = this.course.reached
        const now = { plan: { ...this.course.plan, memo }, found, rows: counters.inserted }
        const { plan, message } = await widen(this.#options, own, now)
        journal.push(message)
        this.course.follow(plan)
      })
    })
  }

  get #most(): number {
    const { records } = this.#size
    return this.#alone > 0
      ? 1
      : checkpointOf(this.course.reached, this.#options.suspects, records).ahead
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
        const { records, limit } = await this.course.records.write(own, feed, tally, options)
        if (limit !== undefined && limit.record < records)
          throw new RejectLimitReached(limit.record)
        failure = limit?.failure
        written = records
        tally.changes = await this.#options.changes?.read(this.course.plan, trx, own)
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
    const { course } = this
    const counters = { ...course.reached.counters }
    const told = [...course.told, ...journal]
    const { seen } = course.reached.memo
    const tally: BatchTally = { counters, rejects: [], journal: told, seen, mask: course.mask }
    const answer = await this.#options.ports.commit(async (trx) => {
      await write(trx, tally)
      counters.empty = course.emptyAt(feed)
      const reached = { position: feed.position, counters, memo: course.reached.memo }
      const { suspects } = this.#options
      const most = this.#isOver ? 0 : this.#size.next
      return batchOf({ ...course.source, suspects }, reached, { ...tally, most })
    })
    course.keep(feed.position, counters, tally.seen)
    return answer
  }
}
