import { expect, test } from 'vitest'
import { noCounters } from '../../src/domain/jobs/counters.ts'
import { JOB_STATUSES, isOver } from '../../src/domain/states/status.ts'
import { partTexts, statusText } from '../../src/i18n/outcome.ts'

test.each(JOB_STATUSES)('the rest of a job that is %s is told as what it is', (status) => {
  const counters = { ...noCounters(), processed: 9, success: 9, inserted: 9 }
  const job = {
    type: 'import',
    status,
    dry_run: false,
    repair_of: null,
    repaired: 0,
    set_aside: 0,
    counters,
    total: null,
  } as const
  const rest = partTexts('en', job).find(({ part }) => part === 'unprocessed')
  // Nobody will count what a job that is over has not read.
  expect(rest?.text).toBe(isOver(status) ? 'rest not processed' : 'rest not counted yet')
})

test.each([
  ['en', 'Finished: 25 rejects (50.0%), 20 repaired by job 9, 2 set aside, 3 open'],
  [
    'es',
    'Finalizado: 25 rechazos (50,0 %), 20 reparados por el trabajo 9, 2 apartados, 3 pendientes',
  ],
] as const)(
  'what became of rejects adds up also where some are set aside, in %s',
  (language, text) => {
    const counters = { ...noCounters(), processed: 50, success: 25, inserted: 25, rejects: 25 }
    const job = {
      type: 'import',
      status: 'finished',
      dry_run: false,
      repair_of: null,
      counters,
    } as const
    const repairers = [{ job: 9, keeps: 0, isFailed: false }]
    const told = statusText(language, { ...job, repaired: 20, set_aside: 2 }, repairers)
    expect(told.replace(/\u00a0/g, ' ')).toBe(text)
    const aside = statusText('en', { ...job, repaired: 0, set_aside: 2 })
    expect(aside).toBe('Finished: 25 rejects (50.0%), 2 set aside, 23 open')
  },
)
