import { expect, test } from 'vitest'
import type { Problem } from '../../src/domain/words/problems.ts'
import { Trouble } from '../../src/worker/trouble.ts'

function failing(code: string): () => Promise<never> {
  return () => Promise.reject(Object.assign(new Error('no'), { code }))
}

test('trouble with the database is told once until it is over, and other trouble at once', async () => {
  const told: Problem[] = []
  const trouble = new Trouble((problem) => told.push(problem))
  for (let time = 0; time < 3; time++) {
    expect(await trouble.through(failing('SQLITE_BUSY'))).toBeUndefined()
  }
  expect(told).toEqual([{ problem: 'database_locked' }])
  await trouble.through(failing('SQLITE_IOERR_READ'))
  expect(await trouble.through(() => Promise.resolve(7))).toBe(7)
  await trouble.through(failing('SQLITE_IOERR_READ'))
  expect(told.slice(1)).toEqual([
    { problem: 'database_unreachable' },
    { problem: 'database_unreachable' },
  ])
})

test('a mistake of the program is not taken for trouble', async () => {
  const told: Problem[] = []
  const trouble = new Trouble((problem) => told.push(problem))
  await expect(trouble.through(failing('SQLITE_ERROR'))).rejects.toThrow('no')
  expect(told).toEqual([])
})
