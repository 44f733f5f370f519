import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../../../src/db/open.ts'
import type { OpenOptions, Store } from '../../../../src/db/store.ts'
import { inSnapshot } from '../../../../src/engine/ground/in-snapshot.ts'
import { newestJobId } from '../../../../src/engine/list/listed-job.ts'
import { tmpDir } from '../../../support/tmp.ts'

const ROUNDS = 20

async function opened(file: string, options: OpenOptions = {}): Promise<Store> {
  const store = await openStore(`sqlite:${file}`, options)
  onTestFinished(() => store.close())
  return store
}

async function untilWaiting({ file }: Store): Promise<void> {
  while (new Int32Array(file?.writers ?? new SharedArrayBuffer(4))[0] === 0) await nextTurn()
}

test('who comes behind others writes after them, also where it has waited for longer', async () => {
  const file = path.join(tmpDir(), 'tallyman.db')
  const holder = await opened(file)
  const first = await opened(file, { priority: 'first' })
  const behind = await opened(file, { priority: { after: first.file?.writers } })

  const order: string[] = []
  const write = (store: Store, name: string) =>
    store.db.transaction().execute(() => Promise.resolve(order.push(name)))
  for (let round = 0; round < ROUNDS; round++) {
    const { asking } = await holder.db.transaction().execute(async () => {
      const asking = [write(behind, 'behind')]
      await untilWaiting(behind)
      asking.push(write(first, 'first'))
      await untilWaiting(first)
      return { asking }
    })
    await Promise.all(asking)
  }
  expect(order).toEqual(Array.from({ length: ROUNDS }, () => ['first', 'behind']).flat())
})

test('who waits for somebody else to write keeps nobody from reading', async () => {
  const file = path.join(tmpDir(), 'tallyman.db')
  const holder = await opened(file)
  const waiting = await opened(file)
  const { writing } = await holder.db.transaction().execute(async () => {
    const writing = waiting.db.transaction().execute(() => Promise.resolve('written'))
    await untilWaiting(waiting)
    expect(await newestJobId(waiting.db)).toBe(0)
    expect(await inSnapshot(waiting.db, newestJobId)).toBe(0)
    return { writing }
  })
  expect(await writing).toBe('written')
})

test('a transaction that fails in its middle is not tried again', async () => {
  const { db } = await opened(path.join(tmpDir(), 'tallyman.db'))
  let tries = 0
  const busy = Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })
  const writing = db.transaction().execute(() => {
    tries++
    return Promise.reject(busy)
  })
  await expect(writing).rejects.toBe(busy)
  expect(tries).toBe(1)
})
