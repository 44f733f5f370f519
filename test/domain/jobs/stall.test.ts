import { expect, test } from 'vitest'
import { stallOf } from '../../../src/domain/jobs/stall.ts'
import { JOB_STATUSES } from '../../../src/domain/states/status.ts'
import { after, NOON } from '../../support/jobs/a-job.ts'

const sinceNoon = { status: 'running', progressed_at: NOON.toISOString() } as const

test.each([
  [0, null],
  [59, null],
  [60, 60_000],
  [69, 60_000],
  [89, 80_000],
  [3_700, 3_700_000],
])('of a job without progress for %i seconds', (seconds, stalled) => {
  expect(stallOf(sinceNoon, after(seconds))).toBe(stalled)
})

test('a job that waits, rests or is over does not stand still', () => {
  const standing = JOB_STATUSES.filter(
    (status) => stallOf({ ...sinceNoon, status }, after(600)) !== null,
  )
  expect(standing).toEqual(['running', 'pausing', 'cancelling'])
})

test('a job that never ran does not stand still', () => {
  expect(stallOf({ status: 'running', progressed_at: null }, NOON)).toBeNull()
})
