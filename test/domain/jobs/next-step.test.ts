import { describe, expect, test } from 'vitest'
import { allowedCommands } from '../../../src/domain/states/commands.ts'
import { noCounters, type Counters } from '../../../src/domain/jobs/counters.ts'
import { FAILURES, isFailureReason } from '../../../src/domain/words/failures.ts'
import {
  nextStepOf,
  STEPS,
  type NextStep,
  type SteppingJob,
} from '../../../src/domain/jobs/next-step.ts'
import { OUTCOMES, outcomeOf, type Outcome } from '../../../src/domain/jobs/outcome.ts'
import {
  isOver,
  JOB_STATUSES,
  OVER_STATUSES,
  type JobStatus,
} from '../../../src/domain/states/status.ts'

const counted = (given: Partial<Counters>): Counters => ({ ...noCounters(), ...given })
const SOME = counted({ processed: 9, success: 5, inserted: 5, rejects: 4 })
const ALL = counted({ processed: 9, rejects: 9 })

function told(given: Partial<SteppingJob> = {}): SteppingJob {
  return {
    type: 'import',
    status: 'finished',
    dry_run: false,
    counters: noCounters(),
    total: null,
    failure_reason: null,
    file_name: 'people.csv',
    repair_of: null,
    repaired: 0,
    set_aside: 0,
    ...given,
  }
}

type Resting = (typeof OVER_STATUSES)[number]
const MOVING: Record<Exclude<JobStatus, Resting>, NextStep> = {
  editing: { step: 'start', others: ['edit'], wait: null },
  start_pending: { step: null, others: ['pause', 'cancel'], wait: 'for_worker' },
  running: { step: 'pause', others: ['cancel'], wait: null },
  pausing: { step: null, others: ['cancel'], wait: 'pausing' },
  paused: { step: 'start', others: ['cancel'], wait: null },
  cancelling: { step: null, others: [], wait: 'cancelling' },
  shutting_down: { step: null, others: ['pause', 'cancel'], wait: 'goes_on' },
}

test.each(JOB_STATUSES.filter((status) => !isOver(status)))(
  'a job that is %s has the same next step whatever its counters',
  (status) => {
    for (const counters of [noCounters(), SOME, ALL]) {
      for (const dry_run of [false, true]) {
        expect(MOVING).toMatchObject({
          [status]: nextStepOf(told({ counters, dry_run, status })),
        })
      }
    }
  },
)

type Came = Exclude<Outcome, 'in_progress'>
const CAME: Record<Came, Partial<SteppingJob>> = {
  nothing_written: {},
  all_written: { counters: counted({ processed: 9, success: 9, inserted: 9 }) },
  some_rejected: { counters: SOME },
  all_rejected: { counters: ALL },
  tried_out: { dry_run: true, counters: SOME },
}

const NEXT: Record<Resting, Record<Came, string>> = {
  finished: {
    nothing_written: '',
    all_written: '',
    some_rejected: 'repair',
    all_rejected: 'change repair',
    tried_out: 'run_for_real look_at_rejects',
  },
  failed: {
    nothing_written: 'start cancel',
    all_written: 'start cancel',
    some_rejected: 'repair start cancel',
    all_rejected: 'repair start cancel',
    tried_out: 'look_at_rejects start cancel',
  },
  cancelled: {
    nothing_written: '',
    all_written: '',
    some_rejected: 'repair',
    all_rejected: 'repair',
    tried_out: 'look_at_rejects',
  },
}

const stepsOf = ({ step, others }: NextStep) => [step ?? [], others].flat().join(' ')

describe.each(OVER_STATUSES)('the next step of a job that is %s', (status) => {
  test.each(OUTCOMES.filter((outcome) => outcome !== 'in_progress'))(
    'follows from what came of it: %s',
    (outcome) => {
      const job = told({ status, ...CAME[outcome] })
      expect(outcomeOf(job)).toBe(outcome)
      expect(stepsOf(nextStepOf(job))).toBe(NEXT[status][outcome])
      const isEmpty = status === 'finished' && outcome === 'nothing_written'
      expect(nextStepOf(job).wait).toBe(isEmpty ? 'no_records' : null)
    },
  )
})

test('a dry run that rejected everything is changed, not run for real', () => {
  const job = told({ dry_run: true, counters: ALL })
  expect(stepsOf(nextStepOf(job))).toBe('change look_at_rejects')
  const clean = told({
    dry_run: true,
    counters: counted({ processed: 1, success: 1, inserted: 1 }),
  })
  expect(stepsOf(nextStepOf(clean))).toBe('run_for_real')
})

test('the file of an export that finished is fetched, unless it went down a pipe', () => {
  expect(stepsOf(nextStepOf(told({ type: 'export' })))).toBe('download')
  expect(stepsOf(nextStepOf(told({ type: 'export', file_name: 'stdout' })))).toBe('')
  expect(stepsOf(nextStepOf(told({ type: 'export', status: 'failed' })))).toBe('start cancel')
})

test.each([
  ['all_rejected', 'change repair go_on cancel'],
  ['too_many_rejects', 'change repair go_on cancel'],
  ['stopped_by_field', 'change repair go_on cancel'],
  ['source_changed', 'repair run_again start cancel'],
  ['invalid_specification', 'repair change start cancel'],
  ['disk_full', 'repair start cancel'],
] as const)('a job that failed because of %s', (failure_reason, steps) => {
  const job = told({ status: 'failed', failure_reason, counters: SOME })
  expect(stepsOf(nextStepOf(job))).toBe(steps)
})

test('no step is offered that the status refuses, and none twice', () => {
  const reasons = [null, ...Object.keys(FAILURES).filter(isFailureReason)]
  for (const status of JOB_STATUSES) {
    for (const failure_reason of reasons) {
      for (const counters of [noCounters(), SOME, ALL]) {
        const { step, others } = nextStepOf(told({ status, failure_reason, counters }))
        const steps = [step ?? [], others].flat()
        expect(new Set(steps).size).toBe(steps.length)
        const allowed: string[] = allowedCommands(status)
        const commands = steps.map((one) => (one === 'go_on' ? 'start' : one))
        const asked = commands.filter((one) =>
          ['start', 'pause', 'cancel', 'run_again'].includes(one),
        )
        expect(asked.filter((one) => !allowed.includes(one))).toEqual([])
        expect(steps.every((one) => STEPS.includes(one))).toBe(true)
      }
    }
  }
})
