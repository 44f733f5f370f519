import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Db } from '../../src/db/store.ts'
import { specifyExport } from '../../src/domain/specify.ts'
import { createJob, findJob } from '../../src/engine/jobs.ts'
import { transition } from '../../src/engine/transition.ts'
import { exportJob } from '../../src/engine/wanted-job.ts'
import { aJob, NOON, OPERATOR, WORKER } from '../support/a-job.ts'
import { aStore } from '../support/a-store.ts'
import { start, tallyman } from '../support/cli.ts'
import { aServer } from '../support/server.ts'
import { anExport } from '../support/what-belongs.ts'

async function untilPurged(db: Db, id: number): Promise<void> {
  while ((await findJob(db, id)) !== undefined) await pause(5)
}

test('a server purges what is over for too long, with its files, and it stays on record', async () => {
  const {
    folder,
    store: { db },
  } = await aStore()
  const result = path.join(folder, 'old.csv')
  const wanted = exportJob(specifyExport({ table: 'person', path: result }), {})
  const { id } = await createJob(
    db,
    { ...wanted, status: 'start_pending' },
    { now: NOON, actor: OPERATOR },
  )
  for (const event of ['claim', 'fail'] as const) {
    await transition(db, id, event, { actor: WORKER, claim: 'mine', now: NOON })
  }
  const part = `${result}.tallyman-${id}.part`
  writeFileSync(part, 'id')
  const recent = await aJob(db, { status: 'finished', now: new Date() })
  const paused = await aJob(db, { status: 'paused' })

  const server = await aServer(folder, ['--workers', '0', '--keep-days', '30'])
  await untilPurged(db, id)
  server.child.kill('SIGTERM')
  expect(await server.gone).toEqual([0, null])

  expect(existsSync(part)).toBe(false)
  expect(await findJob(db, recent.id)).toBeDefined()
  expect(await findJob(db, paused.id)).toBeDefined()
  const { out } = await tallyman(folder, ['jobs', 'removed', '--json'])
  expect(JSON.parse(out)).toMatchObject({
    id,
    table: 'person',
    file: 'old.csv',
    status: 'failed',
    ended_at: NOON.toISOString(),
    removed_by: 'retention',
  })
  const spanish = await tallyman(folder, ['jobs', 'removed'], { LC_ALL: 'es_ES.UTF-8' })
  expect(spanish.out).toMatch(/^Trabajo 1 {2}person → old\.csv .*; eliminado .* por retention\n$/)
})

test('a worker does the same, and says so, and tells once what it cannot clear away', async () => {
  const {
    folder,
    store: { db },
  } = await aStore()
  const { id } = await aJob(db, { status: 'cancelled' })
  const stuck = await anExport(db, ['claim', 'cancel', 'halt'])
  rmSync(stuck.part)
  mkdirSync(stuck.part)
  const worker = start(folder, ['worker'], { TALLYMAN_KEEP_DAYS: '30' })
  let said = ''
  worker.stderr.on('data', (text: Buffer) => (said += text.toString()))
  while (!said.includes('could not be purged')) await pause(5)
  expect(said).toContain(`Job ${id} was over for long enough and is purged.\n`)
  expect(await findJob(db, id)).toBeUndefined()
  expect(said).toMatch(new RegExp(`^Job ${stuck.id} could not be purged: .*directory.*$`, 'm'))
  worker.kill('SIGTERM')
  await once(worker, 'close')
  expect(said.match(/^What job \d+ has left can't be removed/gm)).toHaveLength(1)
})

test('without a word every job is kept, and a wrong one is refused by its name', async () => {
  const {
    folder,
    store: { db },
  } = await aStore()
  const { id } = await aJob(db, { status: 'cancelled' })
  expect((await tallyman(folder, ['worker', '--once'])).code).toBe(0)
  expect(await findJob(db, id)).toBeDefined()
  expect((await tallyman(folder, ['jobs', 'removed'])).out).toBe('No job was deleted or purged.\n')
  for (const command of ['serve', 'worker']) {
    const { code, err } = await tallyman(folder, [command, '--keep-days', '0'])
    expect([code, err]).toEqual([2, '--keep-days: Write a whole number from 1 to 36,500.\n'])
  }
})
