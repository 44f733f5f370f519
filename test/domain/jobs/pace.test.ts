import { describe, expect, test } from 'vitest'
import { noCounters } from '../../../src/domain/jobs/counters.ts'
import { paceOf, type Sample } from '../../../src/domain/jobs/pace.ts'
import { after, NOON } from '../../support/jobs/a-job.ts'

type Paced = Parameters<typeof paceOf>[0]

/** An import that has run for a minute, in one go, and read 6,000 records: half of its file. */
function aRun(given: Partial<Paced> = {}): Paced {
  return {
    type: 'import',
    status: 'running',
    duration_ms: 0,
    running_since: NOON.toISOString(),
    counters: { ...noCounters(), processed: 6_000 },
    total: null,
    bytes_read: 500,
    file_size: 1_000,
    reached: 6_000,
    progressed_at: after(59).toISOString(),
    ...given,
  }
}

const sampleAt = (seconds: number, processed: number): Sample => ({
  running_ms: seconds * 1_000,
  at: after(seconds).toISOString(),
  processed,
  rejects: 0,
})

/** Fast until the fiftieth second, then 50 records a second. */
const SAMPLES = [sampleAt(0, 0), sampleAt(25, 2_750), sampleAt(50, 5_500), sampleAt(59, 5_950)]

describe('the speed', () => {
  test('is that of the last ten seconds, and not of the whole run', () => {
    expect(paceOf(aRun(), SAMPLES, after(60)).recordsPerSecond).toBe(50)
  })

  test('falls when no batch comes any more', () => {
    expect(paceOf(aRun(), SAMPLES, after(70)).recordsPerSecond).toBeCloseTo(50 / 11)
  })

  test('counts from the start where the job has not run for ten seconds', () => {
    const run = aRun({ counters: { ...noCounters(), processed: 400 } })
    expect(paceOf(run, [sampleAt(1, 100)], after(4)).recordsPerSecond).toBe(100)
  })

  test('does not count the time of a pause', () => {
    const run = aRun({ duration_ms: 55_000, running_since: after(3_600).toISOString() })
    expect(paceOf(run, SAMPLES, after(3_605)).recordsPerSecond).toBe(50)
  })

  test('of a job that is over is that of the whole run', () => {
    const run = aRun({ status: 'cancelled', duration_ms: 60_000, running_since: null })
    expect(paceOf(run, SAMPLES, after(999)).recordsPerSecond).toBe(100)
  })

  test.each(['editing', 'start_pending', 'paused', 'shutting_down'] as const)(
    'is not known of a job that is %s',
    (status) => {
      const run = aRun({ status, duration_ms: 60_000, running_since: null })
      const pace = paceOf(run, SAMPLES, after(999))
      expect(pace).toMatchObject({ recordsPerSecond: null, timeLeft: null, share: 0.5 })
    },
  )

  test('is not known at once', () => {
    expect(paceOf(aRun(), [], after(0.1)).recordsPerSecond).toBeNull()
  })
})

describe('the share', () => {
  test.each([
    ['an import by its bytes', aRun(), 0.5],
    ['an import of which half is postponed', aRun({ reached: 12_000 }), 0.25],
    ['an import that is tried again', aRun({ bytes_read: 1_000, total: 8_000 }), 0.75],
    ['an import of unknown size', aRun({ file_size: null }), null],
    ['an import of an empty file', aRun({ file_size: 0, bytes_read: 0 }), null],
    ['an export by its records', aRun({ type: 'export', total: 24_000 }), 0.25],
    ['an export of unknown length', aRun({ type: 'export' }), null],
    ['a job that has read all and is not finished', aRun({ bytes_read: 1_000 }), 0.9999],
    ['a finished job', aRun({ status: 'finished', file_size: null, running_since: null }), 1],
  ])('of %s', (_what, run, share) => {
    expect(paceOf(run, SAMPLES, after(60)).share).toBe(share)
  })
})

describe('the time left', () => {
  test('is what the rest takes at the present speed', () => {
    expect(paceOf(aRun(), SAMPLES, after(60)).timeLeft).toBe(120_000)
  })

  test.each([
    ['nothing was done lately', aRun({ counters: { ...noCounters(), processed: 5_500 } })],
    ['the share is unknown', aRun({ file_size: null })],
    ['nothing was read', aRun({ bytes_read: 0 })],
    ['the job is about to stop', aRun({ status: 'pausing' })],
    ['nothing has come for a minute', aRun({ progressed_at: after(-1).toISOString() })],
    ['the job is over', aRun({ status: 'finished', duration_ms: 1_000, running_since: null })],
  ])('is not known where %s', (_why, run) => {
    expect(paceOf(run, SAMPLES, after(60)).timeLeft).toBeNull()
  })
})
