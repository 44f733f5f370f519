import type { DatabaseKind } from '../../db/kind.ts'
import { isDryRun, type Job } from '../../domain/jobs/job.ts'
import type { JournalEntry } from '../../domain/jobs/journal.ts'
import type { MessageCode } from '../../domain/words/messages.ts'
import type { Problem } from '../../domain/words/problems.ts'
import { isOver } from '../../domain/states/status.ts'
import type { JobEvent } from '../../domain/states/transitions.ts'
import { BEGINNINGS, EMPTY_TABLES } from '../ground/job-entries.ts'
import { eventOf } from '../ground/event-message.ts'
import { RESCUER } from '../lifecycle/rescuer.ts'
import { differing, isFurther, later } from './verify-parts.ts'

/** Entries that a worker writes about its run, besides events. */
export const OF_RUN: readonly MessageCode[] = [...BEGINNINGS, 'TLY-1011', 'TLY-1017']
const ENDINGS: readonly JobEvent[] = ['yield', 'halt', 'finish', 'fail', 'shut_down']
const OF_TABLE: readonly MessageCode[] = ['TLY-1014', ...EMPTY_TABLES]

/** The other jobs that a job came from. */
type Links = Record<'rerun_of' | 'copy_of' | 'repair_of', number | null>
type Known = Pick<DatabaseKind, 'tableKey'> & { lastOlderEntry: number }

/**
 * Compares a journal, entry by entry, with the columns that store the same facts. Operators may act
 * at any time, and clocks may jump, so it only compares values that one transaction wrote in two
 * places.
 */
export class Told {
  readonly problems: Problem[] = []
  readonly #job: Job
  readonly #lastOlderEntry: number
  readonly #tableKey: DatabaseKind['tableKey']
  #created: JournalEntry | undefined
  #starter: string | undefined
  #firstClaim: JournalEntry | undefined
  #claim: JournalEntry | undefined
  /** The last worker that claimed the job. */
  #worker: string | undefined
  #moved: JournalEntry | undefined
  #failure: JournalEntry | undefined
  #label: string | undefined
  #reading: JournalEntry | undefined
  #before: JournalEntry | undefined
  readonly #links: Links = { rerun_of: null, copy_of: null, repair_of: null }
  #isDry = false
  #rescues = { all: 0, sinceStart: 0 }

  /** @param lastOlderEntry the last entry of an older version, which wrote less */
  constructor(job: Job, { lastOlderEntry, tableKey }: Known) {
    this.#job = job
    this.#lastOlderEntry = lastOlderEntry
    this.#tableKey = tableKey
  }

  read(entry: JournalEntry): void {
    const event = eventOf(entry.code)
    if (event !== undefined) this.#follow(event, entry)
    this.#checkActor(event, entry)
    this.#checkParams(entry)
    if (isBeginning(entry) && this.#before !== undefined && isBeginning(this.#before)) {
      // One transaction wrote both.
      if (entry.at !== this.#before.at) this.#doubt(entry, 'at')
    }
    this.#note(entry)
    this.#before = entry
  }

  *end(): Generator<Problem> {
    const job = this.#job
    const { created_at, created_by, label, status, started_at } = job
    yield* differing(job, {
      created_at: this.#created?.at ?? created_at,
      created_by: this.#created?.actor ?? created_by,
      // Dates are stored in order, whatever the clocks said.
      started_at: this.#firstClaim === undefined ? null : later(this.#firstClaim.at, created_at),
      label: this.#label ?? label,
      ...this.#links,
    })
    yield* this.#endOfStart()
    yield* this.#endOfRun()
    const end = this.#moved?.at
    if (isOver(status) && end !== undefined && job.ended_at !== later(end, started_at)) {
      yield* differing(job, { ended_at: end })
    }
    // Older versions wrote no entry for a dry run.
    const isSaid = this.#isDry || this.#isNew(this.#reading)
    if (isSaid && this.#isDry !== isDryRun(job)) yield { problem: 'dry_run_off' }
  }

  #isNew(entry: JournalEntry | undefined): boolean {
    return entry !== undefined && entry.id > this.#lastOlderEntry
  }

  #follow(event: JobEvent, entry: JournalEntry): void {
    this.#moved = entry
    if (event === 'start') {
      this.#starter = entry.actor
      this.#rescues.sinceStart = 0
      this.#failure = undefined
    }
    if (event === 'claim') {
      this.#firstClaim ??= entry
      this.#claim = entry
      this.#worker = String(entry.params['worker'])
    }
    if (event === 'fail') this.#failure = entry
  }

  /** Checks nothing before the first claim: JournalReplay reports entries of a run there. */
  #checkActor(event: JobEvent | undefined, entry: JournalEntry): void {
    if (this.#worker === undefined) return
    const { code, actor } = entry
    const isWorkers = event === 'claim' || OF_RUN.includes(code)
    const mayBe = isWorkers ? [this.#worker] : [this.#worker, RESCUER]
    const isEnding = event !== undefined && ENDINGS.includes(event)
    if ((isWorkers || isEnding) && !mayBe.includes(actor)) this.#doubt(entry, 'actor')
  }

  #checkParams(entry: JournalEntry): void {
    const { code, params } = entry
    const { id, target_table } = this.#job
    const text = (name: string) => String(params[name])
    const isSame =
      (code !== 'TLY-1012' || text('worker') === (this.#worker ?? '')) &&
      (code !== 'TLY-1019' || this.#label === undefined || text('from') === this.#label) &&
      (linkOf(code) === undefined || [text('from'), text('job')].includes(String(id))) &&
      (!OF_TABLE.includes(code) || this.#tableKey(text('table')) === this.#tableKey(target_table))
    if (!isSame) this.#doubt(entry, 'params')
  }

  #note(entry: JournalEntry): void {
    const { code, params } = entry
    const from = Number(params['from'])
    const isOfThis = params['job'] === String(this.#job.id)
    if (code === 'TLY-1001') this.#created = entry
    if (code === 'TLY-1012') this.#rescues.all++
    if (code === 'TLY-1012') this.#rescues.sinceStart++
    if (code === 'TLY-1016') this.#isDry = true
    if (code === 'TLY-1019') this.#label = String(params['to'])
    const link = linkOf(code)
    if (link !== undefined && isOfThis) this.#links[link] = from
    if (code === 'TLY-1022' && !isFurther(this.#before)) this.#reading = entry
  }

  /** The creator may have started the job at once, for which there is no entry. */
  *#endOfStart(): Generator<Problem> {
    const { status, created_by } = this.#job
    const isStarted = this.#moved !== undefined || status !== 'editing'
    const starter = this.#starter ?? (isStarted ? created_by : null)
    yield* differing(this.#job, { started_by: starter })
  }

  *#endOfRun(): Generator<Problem> {
    const job = this.#job
    const { status, worker, deaths, died_after, failure_params, checkpoint } = job
    // Older versions cleared the worker at the end of its run.
    const isKept = this.#isNew(this.#claim) && ['running', 'finished', 'failed'].includes(status)
    if (worker !== null || isKept) yield* differing(job, { worker: this.#worker ?? null })
    // Each batch changes `running_since`.
    if (status === 'running' && job.running_since === null) {
      yield* differing(job, { running_since: this.#claim?.at ?? null })
    }
    const params = JSON.stringify(this.#failure?.params ?? null)
    const is = JSON.stringify(failure_params)
    if (is !== params) yield { problem: 'part_off', part: 'failure_params', is, should: params }
    const { all, sinceStart } = this.#rescues
    if (deaths > sinceStart) {
      yield { problem: 'too_many', counter: 'deaths', is: deaths, most: sinceStart }
    }
    if (died_after !== null && all === 0) yield* differing(job, { died_after: null })
    yield* readingOf(checkpoint?.memo, this.#reading)
  }

  #doubt({ id, code }: JournalEntry, part: 'actor' | 'at' | 'params'): void {
    this.problems.push({ problem: 'entry_off', entry: id, says: code, part })
  }
}

/** Checks that the encoding in the checkpoint is the one in the journal. */
function* readingOf(memo: unknown, reading: JournalEntry | undefined): Generator<Problem> {
  if (reading === undefined || typeof memo !== 'object' || memo === null) return
  if (!('encoding' in memo) || typeof memo.encoding !== 'string') return
  const should = String(reading.params['encoding'])
  if (memo.encoding !== should) {
    yield { problem: 'part_off', part: 'checkpoint.encoding', is: memo.encoding, should }
  }
}

function isBeginning({ code }: JournalEntry): boolean {
  return BEGINNINGS.some((beginning) => beginning === code)
}

function linkOf(code: MessageCode): keyof Links | undefined {
  if (code === 'TLY-1018') return 'rerun_of'
  else if (code === 'TLY-1020' || code === 'TLY-1044') return 'copy_of'
  else return code === 'TLY-1060' ? 'repair_of' : undefined
}
