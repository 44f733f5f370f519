import { expect, test } from 'vitest'
import { noCounters } from '../../src/domain/jobs/counters.ts'
import { JOB_STATUSES, isOver } from '../../src/domain/states/status.ts'
import { partTexts } from '../../src/i18n/outcome.ts'

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
