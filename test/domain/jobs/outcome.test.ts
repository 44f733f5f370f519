import { describe, expect, test } from 'vitest'
import { noCounters, type Counters } from '../../../src/domain/jobs/counters.ts'
import {
  barOf,
  outcomeOf,
  outcomeParts,
  PARTS,
  type Outcome,
} from '../../../src/domain/jobs/outcome.ts'
import {
  isOver,
  JOB_STATUSES,
  JOB_TYPES,
  type JobStatus,
} from '../../../src/domain/states/status.ts'

type Told = Parameters<typeof barOf>[0]

function told(given: Partial<Told> & { counters?: Counters } = {}): Told {
  return {
    id: 1,
    type: 'import',
    label: 'People',
    status: 'finished',
    dry_run: false,
    is_masked: false,
    target_table: 'person',
    file_name: 'people.csv',
    file_size: 1_000,
    created_at: '',
    created_by: 'ana',
    started_at: '',
    ended_at: '',
    duration_ms: 0,
    running_since: null,
    progressed_at: null,
    failure_reason: null,
    failure_params: null,
    counters: noCounters(),
    total: null,
    bytes_read: 500,
    reached: 0,
    revision: 1,
    repair_of: null,
    repaired: 0,
    set_aside: 0,
    template: null,
    ...given,
  }
}

const counted = (given: Partial<Counters>): Counters => ({ ...noCounters(), ...given })

/** Every pattern of counters that is possible, and what came of a job that is over with it. */
const PATTERNS: Record<string, { counters: Counters; outcome: Outcome }> = {
  'no record': { counters: noCounters(), outcome: 'nothing_written' },
  'only empty lines': { counters: counted({ empty: 3 }), outcome: 'nothing_written' },
  'all inserted': {
    counters: counted({ processed: 9, success: 9, inserted: 9 }),
    outcome: 'all_written',
  },
  'all unchanged': {
    counters: counted({ processed: 9, success: 9, unchanged: 9 }),
    outcome: 'all_written',
  },
  'all ignored': { counters: counted({ processed: 9, ignored: 9 }), outcome: 'all_written' },
  'some ignored': {
    counters: counted({ processed: 9, success: 5, deleted: 5, ignored: 4 }),
    outcome: 'all_written',
  },
  'some rejected': {
    counters: counted({ processed: 9, success: 5, updated: 5, rejects: 4 }),
    outcome: 'some_rejected',
  },
  'ignored and rejected': {
    counters: counted({ processed: 9, ignored: 8, rejects: 1 }),
    outcome: 'some_rejected',
  },
  'all rejected': { counters: counted({ processed: 9, rejects: 9 }), outcome: 'all_rejected' },
}
const patterns = Object.entries(PATTERNS)

describe.each(JOB_STATUSES)('a job that is %s', (status) => {
  test.each(patterns)('tells what came of it: %s', (_name, { counters, outcome }) => {
    const job = { type: 'import', status, counters, dry_run: false } as const
    expect(outcomeOf(job)).toBe(isOver(status) ? outcome : 'in_progress')
    const dry = isOver(status) ? 'tried_out' : 'in_progress'
    expect(outcomeOf({ ...job, dry_run: true })).toBe(dry)
  })

  test.each(patterns)('has a bar whose parts make one whole: %s', (_name, { counters }) => {
    for (const type of JOB_TYPES) {
      for (const total of [null, counters.processed, 1_000_000]) {
        const job = told({ type, status, counters, total })
        const bar = barOf(job)
        expect(PARTS.reduce((sum, part) => sum + bar[part], 0)).toBeCloseTo(1)
        const parts = outcomeParts(job)
        for (const part of ['written', 'kept', 'rejected'] as const) {
          expect(bar[part] > 0).toBe(parts[part] > 0)
        }
      }
    }
  })
})

test.each<JobStatus>(['failed', 'cancelled'])(
  'an export that is %s has written nothing',
  (status) => {
    const counters = counted({ processed: 9, success: 9, inserted: 9 })
    const job = told({ type: 'export', status, counters, total: 10 })
    expect(outcomeOf(job)).toBe('nothing_written')
    expect(outcomeParts(job)).toEqual({ written: 0, kept: 0, rejected: 0, unprocessed: 10 })
  },
)

test('few rejects among many records can be seen in the bar', () => {
  const counters = counted({
    processed: 1_000_000,
    success: 999_999,
    inserted: 999_999,
    rejects: 1,
  })
  const bar = barOf(told({ counters, total: 1_000_000 }))
  expect(bar.rejected).toBeGreaterThan(0.015)
  expect(bar.unprocessed).toBe(0)
})

test('what is left of a job that failed is in its bar', () => {
  const counters = counted({ processed: 100, rejects: 100 })
  const job = told({ status: 'failed', counters, total: 400 })
  expect(barOf(job)).toEqual({ written: 0, kept: 0, rejected: 0.25, unprocessed: 0.75 })
})
