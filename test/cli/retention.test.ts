import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Db } from '../../src/db/store.ts'
import { parseExportSpecification } from '../../src/domain/specification/parse-specification.ts'
import { createJob, findJob } from '../../src/engine/jobs/jobs.ts'
import { transition } from '../../src/engine/lifecycle/transition.ts'
import { exportJob } from '../../src/engine/jobs/new-job.ts'
import { aJob, NOON, OPERATOR, WORKER, BROKEN } from '../support/jobs/a-job.ts'
import { aStore } from '../support/a-store.ts'
import { start } from '../support/programs/cli.ts'
import { tallyman } from '../support/programs/in-process.ts'
import { aServer, firstLine } from '../support/programs/server.ts'
import { anExport } from '../support/jobs/what-belongs.ts'

async function untilPurged(db: Db, id: number): Promise<void> {
  while ((await findJob(db, id)) !== undefined) await pause(5)
}

test('a server purges what is over for too long, with its files, and it stays on record', async () => {
  const {
    folder,
    store: { db },
  } = await aStore()
  const result = path.join(folder, 'old.csv')
  const wanted = exportJob(parseExportSpecification({ table: 'person', path: result }), {})
  const { id } = await createJob(
    db,
    { ...wanted, status: 'start_pending' },
    { now: NOON, actor: OPERATOR },
  )
  for (const event of ['claim', 'fail'] as const) {
    await transition(db, id, event, { actor: WORKER, claim: 'mine', now: NOON, failure: BROKEN })
  }
  const part = `${result}.tallyman-${id}.part`
  writeFileSync(part, 'id')
  const paused = await aJob(db, { status: 'paused' })
  const recent = await aJob(db, { status: 'finished', now: new Date() })

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
  await aJob(db, { now: new Date() })
  const worker = start(folder, ['worker'], { TALLYMAN_KEEP_DAYS: '30' })
  let said = ''
  worker.stderr.on('data', (text: Buffer) => (said += text.toString()))
  const sentences = [/could not be purged/, /^What job \d+ has left can't be removed/m]
  while (!sentences.every((sentence) => sentence.test(said))) await pause(5)
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

test('a clock that has jumped purges nothing: it is said, until somebody says that it is right', async () => {
  const {
    folder,
    store: { db },
  } = await aStore()
  const { id } = await aJob(db, { status: 'cancelled' })
  const child = start(folder, ['serve', '--port', '0', '--workers', '0', '--json'], {
    TALLYMAN_KEEP_DAYS: '30',
  })
  let said = ''
  child.stderr.on('data', (text: Buffer) => (said += text.toString()))
  const { url }: { url: string } = JSON.parse(await firstLine(child.stdout))
  while (!said.includes('tallyman jobs purge')) await pause(5)
  const sentence = /No job is purged: the clock says .*, but the last time was 2026-01-31T12:00/
  expect(said).toMatch(sentence)
  const health = await fetch(new URL('/healthz', url))
  expect([health.status, await health.text()]).toEqual([200, expect.stringMatching(sentence)])
  expect(await (await fetch(url)).text()).toMatch(sentence)
  const spanish = await fetch(url, { headers: { 'accept-language': 'es' } })
  expect(await spanish.text()).toContain('No se purga ningún trabajo: el reloj marca')

  const worker = await tallyman(folder, ['worker', '--once', '--keep-days', '30'])
  expect(worker.err).toMatch(sentence)
  expect(await findJob(db, id)).toBeDefined()
  const purged = await tallyman(folder, ['jobs', 'purge', '--keep-days', '30'])
  expect([purged.code, purged.out]).toEqual([0, 'Jobs purged: 1.\n'])
  expect(await findJob(db, id)).toBeUndefined()
  const again = await tallyman(folder, ['worker', '--once', '--keep-days', '30'])
  expect(again.err).not.toContain('No job is purged')
})

test('many jobs that would go at once go by hand', async () => {
  const {
    folder,
    store: { db },
  } = await aStore()
  for (let count = 0; count < 25; count++) await aJob(db, { status: 'finished' })
  await aJob(db, { now: new Date() })
  const { err } = await tallyman(folder, ['worker', '--once', '--keep-days', '30'])
  expect(err).toMatch(/No job is purged: 25 would go at once, more than a tenth/)
  const purged = await tallyman(folder, ['jobs', 'purge', '--json'], { TALLYMAN_KEEP_DAYS: '30' })
  expect([purged.code, JSON.parse(purged.out)]).toEqual([0, { purged: 25, stuck: 0 }])
  const wrong = await tallyman(folder, ['jobs', 'purge'])
  expect([wrong.code, wrong.err]).toEqual([
    2,
    '--keep-days: Write a whole number from 1 to 36,500.\n',
  ])
})
