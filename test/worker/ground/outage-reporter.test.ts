import { expect, test } from 'vitest'
import type { Problem } from '../../../src/domain/words/problems.ts'
import { OutageReporter } from '../../../src/worker/ground/outage-reporter.ts'

function failing(code: string): () => Promise<never> {
  return () => Promise.reject(Object.assign(new Error('no'), { code }))
}

test('trouble with the database is told once until it is over, and other trouble at once', async () => {
  const told: Problem[] = []
  const outages = new OutageReporter((problem) => told.push(problem))
  for (let time = 0; time < 3; time++) {
    expect(await outages.run(failing('SQLITE_BUSY'))).toBeUndefined()
  }
  expect(told).toEqual([{ problem: 'database_locked' }])
  await outages.run(failing('SQLITE_IOERR_READ'))
  expect(await outages.run(() => Promise.resolve(7))).toBe(7)
  await outages.run(failing('SQLITE_IOERR_READ'))
  expect(told.slice(1)).toEqual([
    { problem: 'database_unreachable' },
    { problem: 'database_unreachable' },
  ])
})

test('a mistake of the program is not taken for trouble', async () => {
  const told: Problem[] = []
  const outages = new OutageReporter((problem) => told.push(problem))
  await expect(outages.run(failing('SQLITE_ERROR'))).rejects.toThrow('no')
  expect(told).toEqual([])
})
