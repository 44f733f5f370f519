import type { Trx } from '../db/store.ts'
import type { Position } from '../domain/checkpoint.ts'
import type { Counters } from '../domain/counters.ts'
import type { JobFailure } from '../domain/messages.ts'
import { MAX_RECORDS, mostRecords } from './batch-size.ts'
import type { Batch, RunPorts } from './ports.ts'
import type { Mark, RecordScanner } from './record-scanner.ts'
import type { SourceFile } from './source-file.ts'
import { RecordWriter, type RecordWriterOptions } from './record-writer.ts'
import type { BatchTally } from './tally-batch.ts'

/** How long a batch should hold the write lock, in milliseconds: somebody's click waits for it. */
const BATCH_MS = 30
const MIN_RECORDS = 50
/** Very small batches do not look at the source each time; what they write was read before. */
const LOOK_MS = 10

type Answer = Awaited<ReturnType<RunPorts['commit']>>

export type BatchWriterOptions = RecordWriterOptions & {
  ports: RunPorts
  counters: Counters
  position: Position
  diedAfter: number | null
  source: SourceFile
  /** Bytes read of the file, compressed where it is. */
  bytesRead(position: Position): number
}

/** A limit was reached within a batch: what comes behind it must not be written. */
class LimitWithin extends Error {
  override name = 'LimitWithin'
  /** Records of the batch up to the limit. */
  readonly records: number

  constructor(records: number) {
    super(`limit reached after ${records} records`)
    this.records = records
  }
}

/** Writes the records of an import and what they came to, each batch in one transaction. */
export class BatchWriter {
  readonly #options: BatchWriterOptions
  readonly #records: RecordWriter
  #counters: Counters
  #position: Position
  #size = MIN_RECORDS

  constructor(options: BatchWriterOptions) {
    this.#options = options
    this.#records = new RecordWriter(options)
    this.#counters = options.counters
    this.#position = options.position
  }

  /** Writes the records that are held, in batches of about `BATCH_MS`. */
  async write(scanner: RecordScanner): Promise<Answer> {
    let lookedAt = -Infinity
    for (;;) {
      const mark = scanner.mark
      // Without a record there is nothing to commit.
      if (scanner.next() === undefined) return 'go_on'
      scanner.back(mark)
      // What was read before is what the file held, if nobody has touched it up to now.
      if (performance.now() - lookedAt >= LOOK_MS) {
        await this.#options.source.check()
        lookedAt = performance.now()
      }
      if ((await this.#writeBatch(scanner, mark)) === 'stop') return 'stop'
    }
  }

  /** Commits the end of the source: with it the total is known, and the last empty lines. */
  async finish(scanner: RecordScanner): Promise<Answer> {
    return await this.#store(scanner, true, () => Promise.resolve())
  }

  async #writeBatch(scanner: RecordScanner, mark: Mark): Promise<Answer> {
    const most = mostRecords(this.#position.record, this.#options.diedAfter)
    try {
      return await this.#tryBatch(scanner, Math.min(this.#size, most))
    } catch (error) {
      if (!(error instanceof LimitWithin)) throw error
      // The transaction is undone, and what comes behind the limit left out.
      scanner.back(mark)
      return await this.#tryBatch(scanner, error.records)
    }
  }

  async #tryBatch(scanner: RecordScanner, most: number): Promise<Answer> {
    let failure: JobFailure | undefined
    let began = 0
    let written = 0
    const answer = await this.#store(scanner, false, async (trx, tally) => {
      began = performance.now()
      await this.#inTransaction(trx, async (own) => {
        const { records, limit } = await this.#records.write(own, scanner, most, tally)
        if (limit !== undefined && limit.record < records) throw new LimitWithin(limit.record)
        failure = limit?.failure
        written = records
      })
    })
    this.#adapt(written, performance.now() - began)
    if (failure !== undefined) throw failure
    return answer
  }

  /** A dry run's rows go into the copy; only the job's own transaction is the caller's. */
  async #inTransaction(trx: Trx, write: (trx: Trx) => Promise<void>): Promise<void> {
    const { store, specification } = this.#options
    await (specification.dryRun ? store.db.transaction().execute(write) : write(trx))
  }

  async #store(
    scanner: RecordScanner,
    isEnd: boolean,
    write: (trx: Trx, tally: BatchTally) => Promise<void>,
  ): Promise<Answer> {
    const tally: BatchTally = { counters: { ...this.#counters }, rejects: [], journal: [] }
    const answer = await this.#options.ports.commit(async (trx) => {
      await write(trx, tally)
      tally.counters.empty = this.#options.counters.empty + scanner.empty
      return this.#batchOf(tally, scanner.position, isEnd)
    })
    this.#counters = tally.counters
    this.#position = scanner.position
    return answer
  }

  #batchOf({ counters, rejects, journal }: BatchTally, end: Position, isEnd: boolean): Batch {
    const { plan, source, bytesRead, diedAfter } = this.#options
    const { description, sha256 } = source
    const { size } = description
    const ahead = isEnd ? 0 : mostRecords(end.record, diedAfter)
    return {
      counters,
      rejects,
      journal,
      total: isEnd ? counters.processed : null,
      checkpoint: { ...end, ahead, memo: { ...plan.memo, source: description, sha256 } },
      bytesRead: isEnd ? size : bytesRead(end),
      file: sha256 === null ? { size } : { size, sha256 },
    }
  }

  #adapt(count: number, milliseconds: number): void {
    const wanted = (count * BATCH_MS) / Math.max(milliseconds, 1)
    const size = Math.min(MAX_RECORDS, this.#size * 2, Math.max(MIN_RECORDS, wanted))
    this.#size = Math.floor(size / MIN_RECORDS) * MIN_RECORDS
  }
}
