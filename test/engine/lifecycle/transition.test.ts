import { describe, expect, expectTypeOf, test } from 'vitest'
import { ClaimLostError, ConflictError, NotFoundError } from '../../../src/domain/words/errors.ts'
import { durationOf, type Job } from '../../../src/domain/jobs/job.ts'
import {
  isOver,
  JOB_STATUSES,
  keepsClaim,
  type JobStatus,
} from '../../../src/domain/states/status.ts'
import {
  sourcesOf,
  targetOf,
  TRANSITIONS,
  type JobEvent,
} from '../../../src/domain/states/transitions.ts'
import { journalAfter } from '../../../src/engine/ground/journal.ts'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import type { OptionsOf } from '../../../src/engine/lifecycle/transition-options.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { actorOf, after, aJob, NOON, OPERATOR, WORKER, BROKEN } from '../../support/jobs/a-job.ts'
import { databases } from '../../support/databases.ts'

const EVENTS = [
  'start',
  'pause',
  'cancel',
  'claim',
  'yield',
  'halt',
  'finish',
  'fail',
  'shut_down',
  'go_on',
] as const satisfies (keyof typeof TRANSITIONS)[]

const CODES: Record<JobEvent, string> = {
  start: 'TLY-1002',
  pause: 'TLY-1003',
  cancel: 'TLY-1004',
  claim: 'TLY-1005',
  yield: 'TLY-1006',
  halt: 'TLY-1007',
  finish: 'TLY-1008',
  fail: 'TLY-9010',
  shut_down: 'TLY-1009',
  go_on: 'TLY-1010',
}

const PAIRS = EVENTS.flatMap((event) =>
  JOB_STATUSES.map((from) => ({ event, from, to: targetOf(event, from) })),
)
const MOVES = PAIRS.filter((pair) => pair.to !== undefined)
const REFUSALS = PAIRS.filter((pair) => pair.to === undefined)

test('the pairs of the contract are all there, and no others', () => {
  expect(EVENTS).toEqual(Object.keys(TRANSITIONS))
  expect(MOVES.map(({ event, from, to }) => `${event} ${from} ${to}`)).toEqual([
    'start editing start_pending',
    'start paused start_pending',
    'start failed start_pending',
    'pause start_pending paused',
    'pause running pausing',
    'pause shutting_down pausing',
    'cancel start_pending cancelled',
    'cancel running cancelling',
    'cancel pausing cancelling',
    'cancel paused cancelled',
    'cancel failed cancelled',
    'cancel shutting_down cancelling',
    'claim start_pending running',
    'yield pausing paused',
    'halt cancelling cancelled',
    'finish running finished',
    'finish pausing finished',
    'finish cancelling finished',
    'fail running failed',
    'fail pausing failed',
    'fail cancelling failed',
    'shut_down running shutting_down',
    'go_on shutting_down start_pending',
  ])
})

/** Who ran a job last stays known until it waits to be run again. */
function workerAfter(event: JobEvent, to: JobStatus, before: Job): string | null {
  if (event === 'claim') return actorOf(event)
  return to === 'start_pending' ? null : before.worker
}

describe.each(databases)('transition on %s', (_name, open) => {
  test.for(MOVES)(
    '$event takes a job from $from to $to and says so',
    async ({ event, from, to }) => {
      const { db } = await open()
      const before = await aJob(db, { status: from })
      const told = await journalAfter(db, before.id, { after: 0, limit: 100 })

      const claim = event === 'claim' ? 'new' : before.claim
      const failure = { reason: 'disk_full', params: {} } as const
      const job = await transition(db, before.id, event, {
        actor: actorOf(event),
        now: after(60),
        claim,
        failure,
      })

      expect(job.status).toBe(to)
      expect(await findJob(db, job.id)).toEqual(job)
      expect(job.revision).toBe(before.revision + 1)
      expect(job.ended_at).toBe(isOver(job.status) ? after(60).toISOString() : null)
      expect(job.claim).toBe(keepsClaim(job.status) ? claim : null)
      expect(job.worker).toBe(workerAfter(event, job.status, before))
      const journal = await journalAfter(db, job.id, { after: 0, limit: 100 })
      expect(journal.slice(0, -1)).toEqual(told)
      expect(journal.at(-1)).toMatchObject({
        code: CODES[event],
        at: after(60).toISOString(),
        actor: actorOf(event),
      })
    },
  )

  test.for(REFUSALS)('$event is refused to a job that is $from', async ({ event, from }) => {
    const { db, everything } = await open()
    const { id, claim } = await aJob(db, { status: from })
    const before = await everything()

    const options = {
      actor: actorOf(event),
      now: after(60),
      claim: claim ?? 'new',
      failure: BROKEN,
    }
    const refused = transition(db, id, event, event === 'claim' ? options : { ...options, claim })

    await expect(refused).rejects.toThrow(ConflictError)
    const allowed = sourcesOf(event)
    await expect(refused).rejects.toMatchObject({
      problem: { problem: 'wrong_status', id, status: from, act: event, allowed },
    })
    expect(await everything()).toEqual(before)
  })

  test.for(EVENTS)('%s is not found for a job that is not there', async (event) => {
    const { db } = await open()
    const moved = transition(db, 7, event, {
      actor: OPERATOR,
      now: NOON,
      claim: 'x',
      failure: BROKEN,
    })
    await expect(moved).rejects.toThrow(NotFoundError)
    await expect(moved).rejects.toMatchObject({ problem: { problem: 'no_job', id: 7 } })
  })

  test.for(MOVES.filter(({ event }) => TRANSITIONS[event].by === 'worker' && event !== 'claim'))(
    '$event from $from is refused to a worker that has lost the job',
    async ({ event, from }) => {
      const { db, everything } = await open()
      const { id } = await aJob(db, { status: from, claim: 'mine' })
      const before = await everything()

      for (const claim of ['another', null, undefined]) {
        const by = { actor: WORKER, now: after(60), claim, failure: BROKEN }
        const moved = transition(db, id, event, by)
        await expect(moved).rejects.toThrow(ClaimLostError)
      }
      expect(await everything()).toEqual(before)
    },
  )

  test('to fail asks for a reason, and nothing else does', () => {
    expectTypeOf<OptionsOf<'fail'>>().toHaveProperty('failure')
    expectTypeOf<OptionsOf<'finish' | 'start'>>().not.toHaveProperty('failure')
  })

  test('pauses and waits do not count into the duration', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'start_pending' })
    const move = (event: Exclude<JobEvent, 'fail'>, seconds: number) =>
      transition(db, id, event, { actor: actorOf(event), now: after(seconds), claim: 'c' })

    const first = await move('claim', 5)
    expect(durationOf(first, after(7))).toBe(2_000)
    await move('pause', 10)
    expect(await move('yield', 12)).toMatchObject({ duration_ms: 7_000, running_since: null })
    await move('start', 1_000)
    const again = await move('claim', 1_001)
    expect(again).toMatchObject({
      duration_ms: 7_000,
      running_since: after(1_001).toISOString(),
      started_at: after(5).toISOString(),
      attempts: 2,
    })
    expect(await move('finish', 1_004)).toMatchObject({ duration_ms: 10_000, running_since: null })
  })

  test('a clock that was set back makes no negative duration', async () => {
    const { db } = await open()
    const { id, claim } = await aJob(db, { status: 'running' })
    const job = await transition(db, id, 'finish', { actor: WORKER, now: after(-60), claim })
    expect(job.duration_ms).toBe(0)
  })

  test('no end is before its start, and no start before the job was made', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'start_pending' })
    const claimed = await transition(db, id, 'claim', {
      actor: WORKER,
      now: after(-3_600),
      claim: 'mine',
    })
    expect(claimed).toMatchObject({
      created_at: NOON.toISOString(),
      started_at: NOON.toISOString(),
    })
    const job = await transition(db, id, 'finish', {
      actor: WORKER,
      now: after(-7_200),
      claim: 'mine',
      ranMs: 2_500,
    })
    expect(job).toMatchObject({ ended_at: NOON.toISOString(), duration_ms: 2_500 })
  })

  test('a failure is stored with its reason, and a start wipes it and the end date', async () => {
    const { db } = await open()
    const { id, claim } = await aJob(db, { status: 'running' })
    const failure = { reason: 'source_missing', params: { path: '/x' } } as const

    const failed = await transition(db, id, 'fail', { actor: WORKER, now: NOON, claim, failure })
    expect(failed).toMatchObject({
      failure_reason: 'source_missing',
      failure_params: { path: '/x' },
    })
    const journal = await journalAfter(db, id, { after: 0, level: 'error', limit: 10 })
    expect(journal).toMatchObject([{ code: 'TLY-9002', params: { path: '/x' } }])

    const started = await transition(db, id, 'start', { actor: 'eva', now: NOON })
    expect(started).toMatchObject({
      failure_reason: null,
      failure_params: null,
      ended_at: null,
      started_by: 'eva',
    })
  })

  test('of two operators who act at the same time, one is told that the other was quicker', async () => {
    const { db, another } = await open()
    const { id } = await aJob(db, { status: 'running' })
    const [here, there] = [db, await another()]

    const results = await Promise.allSettled([
      transition(here, id, 'pause', { actor: 'ana', now: NOON }),
      transition(there, id, 'pause', { actor: 'eva', now: NOON }),
    ])

    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const journal = await journalAfter(db, id, { after: 0, limit: 100 })
    expect(journal.filter(({ code }) => code === 'TLY-1003')).toHaveLength(1)
  })

  test('a pause and a cancel at the same time end in a cancel', async () => {
    const { db, another } = await open()
    const { id } = await aJob(db, { status: 'running' })
    const there = await another()

    await Promise.allSettled([
      transition(db, id, 'pause', { actor: 'ana', now: NOON }),
      transition(there, id, 'cancel', { actor: 'eva', now: NOON }),
    ])
    expect((await findJob(db, id))?.status).toBe('cancelling')
  })

  test('a cancel that comes with the end of the job leaves it finished', async () => {
    const { db, another } = await open()
    const { id, claim } = await aJob(db, { status: 'running' })
    const there = await another()

    const [finished] = await Promise.allSettled([
      transition(db, id, 'finish', { actor: WORKER, now: NOON, claim }),
      transition(there, id, 'cancel', { actor: OPERATOR, now: NOON }),
    ])
    expect(finished.status).toBe('fulfilled')
    expect((await findJob(db, id))?.status).toBe('finished')
  })

  test('joins the transaction it is given, and is undone with it', async () => {
    const { db, everything } = await open()
    const { id } = await aJob(db, { status: 'running' })
    const before = await everything()
    const undone = db.transaction().execute(async (trx) => {
      await transition(trx, id, 'pause', { actor: OPERATOR, now: NOON })
      throw new Error('undo')
    })
    await expect(undone).rejects.toThrow('undo')
    expect(await everything()).toEqual(before)
  })
})
