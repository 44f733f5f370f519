import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../src/db/open.ts'
import { tmpDir } from '../support/tmp.ts'

const BUSY_WRITER = path.join(import.meta.dirname, '../support/a-busy-writer.ts')
const BATCHES = 600

test.each([false, true])(
  'forty megabytes of log are moved into the database, unless that is left to others (%s)',
  async (isLeft) => {
    const file = path.join(tmpDir(), 'tallyman.db')
    const store = await openStore(`sqlite:${file}`, { priority: isLeft ? 'first' : undefined })
    await sql`create table filled (bytes blob)`.execute(store.db)
    await sql`insert into filled values (zeroblob(40000000))`.execute(store.db)
    expect(statSync(file).size < 10_000_000).toBe(isLeft)
    await store.close()
    expect(statSync(file).size).toBeGreaterThan(40_000_000)
  },
)

test('the log stays short while two write without a break', async () => {
  const file = path.join(tmpDir(), 'tallyman.db')
  const store = await openStore(`sqlite:${file}`)
  onTestFinished(() => store.close())
  await sql`create table filled (bytes blob)`.execute(store.db)
  const writers = [1, 2].map(() =>
    spawn(process.execPath, [BUSY_WRITER, `sqlite:${file}`, String(BATCHES)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  )
  const ends = await Promise.all(writers.map((writer) => once(writer, 'exit')))
  expect(ends).toEqual([
    [0, null],
    [0, null],
  ])
  const written = 2 * BATCHES * 100_000
  expect(statSync(`${file}-wal`).size).toBeLessThan(written / 2)
})
