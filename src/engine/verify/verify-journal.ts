import { kindOf } from '../../db/kind.ts'
import type { Trx } from '../../db/store.ts'
import { COUNTERS, noCounters, type Counter, type Counters } from '../../domain/jobs/counters.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { JournalEntry } from '../../domain/jobs/journal.ts'
import { FAILURES, isFailureReason, type FailureReason } from '../../domain/words/failures.ts'
import { MESSAGES } from '../../domain/words/messages.ts'
import type { Problem } from '../../domain/words/problems.ts'
import { keepsClaim, type JobStatus } from '../../domain/states/status.ts'
import { targetOf, type JobEvent } from '../../domain/states/transitions.ts'
import { eventOf } from '../ground/event-message.ts'
import { iterateJournal } from '../ground/journal.ts'
import { verifyEntries } from './verify-tally.ts'
import { OF_RUN, Told } from './verify-told.ts'

/** Reports where a job contradicts its journal: in its transitions, its end and its records. */
export async function verifyJournal(trx: Trx, job: Job): Promise<Problem[]> {
  const reading = new JournalReplay(job)
  const told = new Told(job, {
    tableKey: kindOf(trx).tableKey,
    lastOlderEntry: await lastOlderEntry(trx),
  })
  let entries = 0
  for await (const entry of iterateJournal(trx, job.id)) {
    entries++
    reading.read(entry)
    told.read(entry)
  }
  const gone = await verifyEntries(trx, job.id, entries)
  return [...reading.problems, ...told.problems, ...reading.end(), ...told.end(), ...gone]
}

/** The last journal entry of an older version, which wrote less; 0 where there is none. */
async function lastOlderEntry(trx: Trx): Promise<number> {
  const { entry } = await trx
    .selectFrom('tallyman_gap')
    .select((eb) => eb.fn.max('last_entry').as('entry'))
    .where('first_job', '=', 0)
    .executeTakeFirstOrThrow()
  return entry ?? 0
}

/** Replays a journal from its first entry, and follows the job from status to status. */
class JournalReplay {
  readonly problems: Problem[] = []
  readonly #job: Job
  /** The possible statuses: a job is created to be edited, or to be started at once. */
  #statuses: JobStatus[] = []
  #claims = 0
  #failure: FailureReason | undefined
  readonly #trace: Counters = noCounters()

  constructor(job: Job) {
    this.#job = job
  }

  read(entry: JournalEntry): void {
    const { id, code, params } = entry
    const isFirst = this.#statuses.length === 0
    if (isFirst !== (code === 'TLY-1001')) this.#doubt(entry)
    if (code === 'TLY-1001') this.#statuses = ['editing', 'start_pending']
    // A job that is shutting down keeps its claim for its last batch.
    else if (OF_RUN.includes(code) && !this.#statuses.some(keepsClaim)) this.#doubt(entry)
    const event = eventOf(code)
    if (event !== undefined) this.#follow(event, entry)
    if (entry.level !== MESSAGES[code]) this.#doubt(entry)
    if (code === 'TLY-1008') {
      for (const counter of ['processed', 'rejects'] as const) {
        const told = Number(params[counter])
        const is = this.#job.counters[counter]
        if (told !== is) this.problems.push({ problem: 'told_off', entry: id, counter, told, is })
      }
    }
    if (code === 'TLY-1011') this.#goOn(Number(params['record']))
    if (code === 'TLY-1017') this.#count(entry)
  }

  end(): Problem[] {
    const { status, attempts, failure_reason, counters } = this.#job
    const problems: Problem[] = []
    if (!this.#statuses.includes(status)) {
      problems.push({ problem: 'status_off', status, journal: this.#statuses })
    }
    if (this.#claims !== attempts) {
      const found = this.#claims
      problems.push({ problem: 'count_off', counter: 'attempts', is: attempts, found })
    }
    if (status === 'failed' && failure_reason !== this.#failure) {
      problems.push({ problem: 'failure_off', status })
    }
    for (const counter of this.#traced()) {
      const [is, found] = [counters[counter], this.#trace[counter]]
      if (is !== found) problems.push({ problem: 'count_off', counter, is, found })
    }
    return problems
  }

  #follow(event: JobEvent, entry: JournalEntry): void {
    const next = this.#statuses.flatMap((from) => targetOf(event, from) ?? [])
    if (next.length === 0) this.#doubt(entry)
    else this.#statuses = [...new Set(next)]
    if (event === 'claim') this.#claims++
    if (event === 'fail') this.#failure = reasonOf(entry)
  }

  #doubt({ id, code }: JournalEntry): void {
    this.problems.push({ problem: 'journal_off', entry: id, says: code, status: this.#statuses })
  }

  #goOn(record: number): void {
    const { processed } = this.#job.counters
    const postponed = this.#job.checkpoint?.postponed ?? 0
    if (record > processed + postponed)
      this.problems.push({ problem: 'record_beyond', record, processed })
  }

  /** The counters to compare with the trace; none for a dry run: a restart traces records twice. */
  *#traced(): Generator<Counter> {
    const { specification } = this.#job
    if (!('trace' in specification) || !specification.trace || this.#job.dry_run) return
    yield* TRACED
    // Rejected ones are traced as rejected.
    if (specification.doubles === 'ignore') yield 'doubles'
    if (specification.duplicates === 'ignore') yield 'duplicates'
  }

  #count(entry: JournalEntry): void {
    const { specification } = this.#job
    if (!('trace' in specification && specification.trace)) this.#doubt(entry)
    const outcome = String(entry.params['outcome'])
    this.#trace.processed++
    const counter = OUTCOMES[outcome] ?? COUNTERS.find((one) => one === outcome)
    if (counter !== undefined) this.#trace[counter]++
    if (outcome === 'double') this.#trace.doubles++
    if (outcome === 'duplicate') this.#trace.duplicates++
    if (outcome === 'filtered') this.#trace.filtered++
  }
}

const OUTCOMES: Record<string, Counter> = {
  rejected: 'rejects',
  double: 'ignored',
  duplicate: 'ignored',
  filtered: 'ignored',
}
const TRACED = [
  'processed',
  'rejects',
  'ignored',
  'inserted',
  'updated',
  'unchanged',
  'deleted',
  'reconciled',
  'filtered',
] as const

function reasonOf({ code }: JournalEntry): FailureReason | undefined {
  return Object.keys(FAILURES)
    .filter(isFailureReason)
    .find((reason) => FAILURES[reason] === code)
}
