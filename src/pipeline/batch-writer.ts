import type { Store, Trx } from '../db/store.ts'
import type { Target } from '../db/target.ts'
import type { Position } from '../domain/checkpoint.ts'
import type { Counters } from '../domain/counters.ts'
import type { JobFailure } from '../domain/messages.ts'
import type { ImportSpecification } from '../domain/specification.ts'
import { MAX_RECORDS, mostRecords } from './batch-size.ts'
import type { DelimitedRecord } from './delimited.ts'
import type { ImportPlan } from './import-plan.ts'
import type { Batch, RunPorts } from './ports.ts'
import { LimitReached, tallyBatch, type Accounted, type BatchTally } from './tally-batch.ts'
import { textMessage } from './text-message.ts'
import { validator, type ValidatedRecord } from './validate.ts'

/** How long a batch should hold the write lock, in milliseconds: somebody's click waits for it. */
const BATCH_MS = 30
const MIN_RECORDS = 50
const MAX_HELD_BYTES = 1024 * 1024

const NO_FIELDS: string[] = []

type Answer = Awaited<ReturnType<RunPorts['commit']>>

export type BatchWriterOptions = {
  /** Where the rows go: the job's own database, or the copy in which a dry run is rehearsed. */
  store: Store
  jobId: number
  specification: ImportSpecification
  plan: ImportPlan
  ports: RunPorts
  counters: Counters
  position: Position
  diedAfter: number | null
  /** Bytes read of the file, compressed where it is. */
  bytesRead(position: Position): number
  /** The source's SHA-256, once it is known. */
  sha256(): string | null
}

/** Validates, writes and counts the records of an import, each batch in one transaction. */
export class BatchWriter {
  readonly #options: BatchWriterOptions
  #target: Target | undefined
  readonly #validate: (record: DelimitedRecord) => ValidatedRecord
  #counters: Counters
  #position: Position
  #size = MIN_RECORDS
  readonly #held: Accounted[] = []

  constructor(options: BatchWriterOptions) {
    this.#options = options
    this.#validate = validator(options.plan.mapping, options.plan.options)
    this.#counters = options.counters
    this.#position = options.position
  }

  /** Takes the next records; writes them once there are enough for a batch of about `BATCH_MS`. */
  async write(records: DelimitedRecord[]): Promise<Answer> {
    for (const record of records) this.#held.push(this.#read(record))
    let answer: Answer = 'go_on'
    while (answer === 'go_on' && this.#isFull()) answer = await this.#writeHeld()
    return answer
  }

  /** Writes what is left. */
  async flush(): Promise<Answer> {
    let answer: Answer = 'go_on'
    while (answer === 'go_on' && this.#held.length > 0) answer = await this.#writeHeld()
    return answer
  }

  /** Commits the end of the source: with it the total is known, and the last empty lines. */
  async finish(end: Position): Promise<Answer> {
    const counters = this.#withEmptyLines([], end)
    return await this.#store(end, true, () =>
      Promise.resolve({ counters, rejects: [], journal: [] }),
    )
  }

  /** Long records make a batch too: they hold the memory of what they were read from. */
  #isFull(): boolean {
    const [first, last] = [this.#held[0]?.source, this.#held.at(-1)?.source]
    const bytes = first === undefined || last === undefined ? 0 : last.end - first.offset
    return this.#held.length >= this.#wanted() || bytes >= MAX_HELD_BYTES
  }

  async #writeHeld(): Promise<Answer> {
    return await this.#writeBatch(this.#held.splice(0, this.#wanted()))
  }

  #wanted(): number {
    return Math.min(this.#size, mostRecords(this.#position.record, this.#options.diedAfter))
  }

  #read(source: DelimitedRecord): Accounted {
    const text = textMessage(source, this.#options.plan.memo)
    const read = text === undefined ? this.#validate(source) : { source, text }
    // Its values are all that is used of them; thousands of records are held at a time.
    source.fields = NO_FIELDS
    return read
  }

  async #writeBatch(records: Accounted[]): Promise<Answer> {
    try {
      return await this.#tryBatch(records)
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error
      // The transaction is undone: what comes after the limit must not have been written.
      return await this.#tryBatch(records.slice(0, error.length))
    }
  }

  async #tryBatch(records: Accounted[]): Promise<Answer> {
    const sources = records.map(({ source }) => source)
    const last = sources.at(-1)
    const end = last === undefined ? this.#position : positionAfter(last)
    const counters = this.#withEmptyLines(sources, end)
    let failure: JobFailure | undefined
    let began = 0
    const answer = await this.#store(end, false, async (trx) => {
      began = performance.now()
      await this.#apply(trx, records)
      const tally = tallyBatch(counters, records, this.#options.specification)
      failure = tally.failure
      return tally
    })
    this.#adapt(records.length, performance.now() - began)
    if (failure !== undefined) throw failure
    return answer
  }

  /** A dry run's rows go into the copy; only the job's own transaction is the caller's. */
  async #apply(trx: Trx, records: Accounted[]): Promise<void> {
    const { store, specification } = this.#options
    const rows = records.filter(isWritable)
    if (rows.length === 0) return
    // Not before there is a good record: a file without one fills no field, and has no statement.
    const target = (this.#target ??= openTarget(this.#options))
    const outcomes = specification.dryRun
      ? await store.db.transaction().execute((own) => target.apply(own, rows))
      : await target.apply(trx, rows)
    rows.forEach((row, index) => (row.outcome = outcomes[index]))
  }

  async #store(end: Position, isEnd: boolean, tallyIn: (trx: Trx) => Promise<BatchTally>) {
    let counters = this.#counters
    const answer = await this.#options.ports.commit(async (trx) => {
      const tally = await tallyIn(trx)
      counters = tally.counters
      return this.#batchOf(tally, end, isEnd)
    })
    this.#counters = counters
    this.#position = end
    return answer
  }

  #batchOf({ counters, rejects, journal }: BatchTally, end: Position, isEnd: boolean): Batch {
    const { plan, bytesRead, sha256, diedAfter } = this.#options
    const hash = sha256()
    const { size } = plan.memo.source
    const ahead = isEnd ? 0 : mostRecords(end.record, diedAfter)
    return {
      counters,
      rejects,
      journal,
      total: isEnd ? counters.processed : null,
      checkpoint: { ...end, ahead, memo: { ...plan.memo, sha256: hash } },
      bytesRead: isEnd ? size : bytesRead(end),
      file: hash === null ? { size } : { size, sha256: hash },
    }
  }

  /** Only empty lines lie between the end of one record and the start of the next. */
  #withEmptyLines(sources: DelimitedRecord[], end: Position): Counters {
    let empty = 0
    let { line } = this.#position
    for (const source of sources) {
      empty += source.line - line
      line = source.nextLine
    }
    return { ...this.#counters, empty: this.#counters.empty + empty + end.line - line }
  }

  #adapt(count: number, milliseconds: number): void {
    const wanted = (count * BATCH_MS) / Math.max(milliseconds, 1)
    const size = Math.min(MAX_RECORDS, this.#size * 2, Math.max(MIN_RECORDS, wanted))
    this.#size = Math.floor(size / MIN_RECORDS) * MIN_RECORDS
  }
}

function openTarget({ store, jobId, specification, plan }: BatchWriterOptions): Target {
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

function isWritable(record: Accounted): record is ValidatedRecord {
  return 'problems' in record && record.problems.every((problem) => problem.policy === 'warn')
}

function positionAfter({ end, nextLine, record }: DelimitedRecord): Position {
  return { offset: end, line: nextLine, record }
}
