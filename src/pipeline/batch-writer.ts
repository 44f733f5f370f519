import type { Trx } from '../db/store.ts'
import type { Position } from '../domain/checkpoint.ts'
import type { Counters } from '../domain/counters.ts'
import type { JobFailure, Message } from '../domain/messages.ts'
import { MAX_RECORDS } from './batch-size.ts'
import { checkpointOf, totalOf, type Reached } from './checkpoint-of.ts'
import type { ImportMemo } from './import-plan.ts'
import type { Batch, RunPorts } from './ports.ts'
import type { RecordReader } from './record-reader.ts'
import { RecordWriter, type RecordWriterOptions } from './record-writer.ts'
import type { BatchTally } from './tally-batch.ts'

/** How long a batch should hold the write lock, in milliseconds: somebody's click waits for it. */
const BATCH_MS = 30
const MIN_RECORDS = 50

type Answer = Awaited<ReturnType<RunPorts['commit']>>

export type BatchWriterOptions = RecordWriterOptions & {
  ports: RunPorts
  counters: Counters
  position: Position
  diedAfter: number | null
  /** Bytes read of the file, compressed where it is. */
  bytesRead(position: Position): number
  /** The source's SHA-256, once it is known. */
  sha256(): string | null
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
  #memo: ImportMemo
  #isOver = false
  #size = MIN_RECORDS

  constructor(options: BatchWriterOptions) {
    this.#options = options
    this.#records = new RecordWriter(options)
    this.#counters = options.counters
    this.#position = options.position
    this.#memo = options.plan.memo
  }

  /** Writes the records that are held, in batches of about `BATCH_MS`. */
  async write(reader: RecordReader): Promise<Answer> {
    // Without a record there is nothing to commit.
    while (await reader.hasNext()) {
      if ((await this.#writeBatch(reader)) === 'stop') return 'stop'
    }
    return 'go_on'
  }

  /**
   * Commits the end of the source where records were postponed: with it the total is known, and how
   * many of them are tried again.
   */
  async endSource(reader: RecordReader): Promise<Answer> {
    if (this.#memo.postponed !== null) return 'go_on'
    const count = reader.position.record - this.#counters.processed
    this.#memo = { ...this.#memo, postponed: count }
    if (count === 0) return 'go_on'
    return await this.#store(reader, () => Promise.resolve(), [
      { code: 'TLY-1026', params: { count } },
    ])
  }

  /** Commits the end of the run, and with it the last empty lines. */
  async finish(reader: RecordReader): Promise<Answer> {
    this.#isOver = true
    return await this.#store(reader, () => Promise.resolve())
  }

  async #writeBatch(reader: RecordReader): Promise<Answer> {
    const back = reader.mark()
    const { ahead } = checkpointOf(this.#reached, this.#options.diedAfter)
    try {
      return await this.#tryBatch(reader, Math.min(this.#size, ahead))
    } catch (error) {
      if (!(error instanceof LimitWithin)) throw error
      // The transaction is undone, and what comes behind the limit left out.
      back()
      return await this.#tryBatch(reader, error.records)
    }
  }

  async #tryBatch(reader: RecordReader, most: number): Promise<Answer> {
    let failure: JobFailure | undefined
    let began = 0
    let written = 0
    const answer = await this.#store(reader, async (trx, tally) => {
      began = performance.now()
      await this.#inTransaction(trx, async (own) => {
        const { records, limit } = await this.#records.write(own, reader, most, tally)
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
    reader: RecordReader,
    write: (trx: Trx, tally: BatchTally) => Promise<void>,
    journal: Message[] = [],
  ): Promise<Answer> {
    const tally: BatchTally = { counters: { ...this.#counters }, rejects: [], journal }
    const answer = await this.#options.ports.commit(async (trx) => {
      await write(trx, tally)
      tally.counters.empty = this.#options.counters.empty + reader.empty
      return this.#batchOf(tally, reader.position)
    })
    this.#counters = tally.counters
    this.#position = reader.position
    return answer
  }

  #batchOf({ counters, rejects, journal }: BatchTally, position: Position): Batch {
    const { bytesRead, sha256, diedAfter } = this.#options
    const hash = sha256()
    const { size } = this.#memo.source
    const reached = { position, counters, memo: { ...this.#memo, sha256: hash } }
    const checkpoint = checkpointOf(reached, diedAfter)
    const total = totalOf(reached)
    return {
      counters,
      rejects,
      journal,
      total,
      checkpoint: this.#isOver ? { ...checkpoint, ahead: 0 } : checkpoint,
      bytesRead: total === null ? bytesRead(position) : size,
      file: hash === null ? { size } : { size, sha256: hash },
    }
  }

  get #reached(): Reached {
    return { position: this.#position, counters: this.#counters, memo: this.#memo }
  }

  #adapt(count: number, milliseconds: number): void {
    const wanted = (count * BATCH_MS) / Math.max(milliseconds, 1)
    const size = Math.min(MAX_RECORDS, this.#size * 2, Math.max(MIN_RECORDS, wanted))
    this.#size = Math.floor(size / MIN_RECORDS) * MIN_RECORDS
  }
}
