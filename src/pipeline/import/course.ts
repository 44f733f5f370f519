import type { Position } from '../../domain/jobs/checkpoint.ts'
import type { Counters } from '../../domain/jobs/counters.ts'
import type { Message } from '../../domain/words/messages.ts'
import type { FileUnderWay } from './batch-of.ts'
import type { Reached } from './checkpoint-of.ts'
import type { RecordFeed } from './feeds/record-feed.ts'
import type { RecordMask } from './fields/mask-record.ts'
import { readerOfFile, withBegun, withFile } from './opening/files-of-memo.ts'
import type { ImportPlan } from './plan/match-table.ts'
import { RecordWriter, type WriterOptions } from './record-writer.ts'
import { maskFor, plansOf } from './several/plans.ts'

export type CourseOptions = Omit<WriterOptions, 'planOf'> & Omit<Reached, 'memo'>

/** How far an import has come through its files, and how it reads and writes the next records. */
export class Course {
  readonly #options: CourseOptions
  #source: FileUnderWay | undefined
  plan: ImportPlan
  reached: Reached
  records: RecordWriter
  mask: RecordMask | undefined
  /** Number of empty lines before the file. */
  #empty: number
  /** What is to be told with the next batch of the files before. */
  told: Message[] = []

  constructor(options: CourseOptions) {
    const { plan, position, counters } = options
    this.#options = options
    this.#empty = counters.empty
    this.plan = plan
    this.reached = { position, counters, memo: plan.memo }
    const planOf = plansOf(plan, options.specification)
    this.mask = maskFor(plan, planOf)
    this.records = new RecordWriter({ ...options, planOf })
  }

  get source(): FileUnderWay {
    if (this.#source === undefined) throw new Error('no file was begun')
    return this.#source
  }

  /** Begins a file; the records of the next batches are in it. */
  enter(source: FileUnderWay): void {
    this.#source = source
  }

  /** Number of empty lines in all files up to here. */
  emptyAt({ empty }: Pick<RecordFeed, 'empty'>): number {
    return this.#empty + empty
  }

  /** Goes on by another plan. */
  follow(plan: ImportPlan): void {
    const planOf = plansOf(plan, this.#options.specification)
    this.plan = plan
    this.reached = { ...this.reached, memo: plan.memo }
    this.mask = maskFor(plan, planOf)
    this.records = new RecordWriter({ ...this.#options, plan, planOf })
  }

  /** Ends the file that is read; the records of the next are numbered on. */
  leave({ position, empty }: Pick<RecordFeed, 'position' | 'empty'>, told: Message[]): Position {
    const { file, source } = this.source
    const { memo } = this.reached
    const next = memo.others[file]
    if (next === undefined) throw new Error(`no file after ${file}`)
    this.#empty += empty + next.empty
    const { record } = position
    const begins: Message = { code: 'TLY-1146', params: { path: next.name, record: record + 1 } }
    this.told.push(...this.atEnd(), ...told, begins)
    const { description, sha256 } = source
    const known = withFile(memo, file, { source: description, sha256 })
    this.follow({ ...this.plan, memo: { ...withBegun(known, file + 1, position), seen: null } })
    this.reached = { ...this.reached, position: { file: file + 1, ...next.start, record } }
    return this.reached.position
  }

  /** What is to be told of the records of the file that is read, at its end. */
  atEnd(): Message[] {
    const { memo } = this.reached
    return readerOfFile(memo, this.source.file).atEnd(memo.seen)
  }

  /** Keeps what a committed batch reached. */
  keep(position: Position, counters: Counters, seen: unknown): void {
    this.told = []
    this.reached = { position, counters, memo: { ...this.reached.memo, seen } }
  }
}
