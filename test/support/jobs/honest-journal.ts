import { expect } from 'vitest'
import type { Db } from '../../../src/db/store.ts'
import { balances } from '../../../src/domain/jobs/counters.ts'
import type { JournalEntry } from '../../../src/domain/jobs/journal.ts'
import type { JobStatus } from '../../../src/domain/states/status.ts'
import { sourcesOf, targetOf, type JobEvent } from '../../../src/domain/states/transitions.ts'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { iterateJournal } from '../../../src/engine/ground/journal.ts'
import { all } from '../all.ts'

const EVENTS: Partial<Record<string, JobEvent>> = {
  'TLY-1002': 'start',
  'TLY-1003': 'pause',
  'TLY-1004': 'cancel',
  'TLY-1005': 'claim',
  'TLY-1006': 'yield',
  'TLY-1007': 'halt',
  'TLY-1008': 'finish',
  'TLY-1009': 'shut_down',
  'TLY-1010': 'go_on',
}

/** The event that an entry tells of; undefined where it tells of something else. */
export function eventOf({ code }: Pick<JournalEntry, 'code'>): JobEvent | undefined {
  return code.startsWith('TLY-9') ? 'fail' : EVENTS[code]
}

/**
 * The job's journal leads from its creation to the status it has by listed moves alone, each told
 * once and by somebody who may cause it; and the tally balances.
 */
export async function expectHonest(db: Db, id: number, operators: string[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const job = await requireJob(trx, id)
    const journal = await all(iterateJournal(trx, id))
    expect(journal[0]?.code).toBe('TLY-1001')
    // A job may be made and started at once, which is no event.
    let possible: JobStatus[] = ['editing', 'start_pending']
    for (const entry of journal) {
      const event = eventOf(entry)
      if (event === undefined) continue
      const from = possible.filter((status) => sourcesOf(event).includes(status))
      expect(from, `${event} from ${possible.join(' or ')} in job ${id}`).not.toEqual([])
      possible = from.flatMap((status) => targetOf(event, status) ?? [])
      expectActor(entry, event, operators)
    }
    expect(possible).toContain(job.status)
    expect(balances(job.counters, job.total)).toBe(true)
    expect(job.duration_ms).toBeGreaterThanOrEqual(0)
  })
}

function expectActor({ actor }: JournalEntry, event: JobEvent, operators: string[]): void {
  if (event === 'go_on') return
  const isOperators = event === 'start' || event === 'pause' || event === 'cancel'
  expect(operators.includes(actor), `${event} by ${actor}`).toBe(isOperators)
}
