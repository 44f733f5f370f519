import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../../src/db/open.ts'
import { balances } from '../../../src/domain/jobs/counters.ts'
import { JOB_STATUSES } from '../../../src/domain/states/status.ts'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import { listJobs } from '../../../src/engine/list/list-jobs.ts'
import { start } from '../../support/programs/cli.ts'
import { firstLine, isAlive, untilGone } from '../../support/programs/server.ts'
import { tmpDir } from '../../support/tmp.ts'

/** A demo whose files lie in the test's own folder. */
function aDemo() {
  const folder = tmpDir()
  const child = start(folder, ['demo', '--port', '0', '--json'], { TMPDIR: folder })
  child.stderr.resume()
  return { folder, child, gone: once(child, 'exit') }
}

/** Node.js keeps its compiled code there as well. */
function foldersIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('tallyman'))
}

async function openDemo(folder: string) {
  const store = await openStore(`sqlite:${path.join(folder, 'demo.db')}`)
  onTestFinished(() => store.close())
  return store
}

/** The processes of the jobs that are under way. */
async function workersIn(folder: string): Promise<number[]> {
  const { db } = await openDemo(folder)
  const { jobs } = await listJobs(db, { limit: 100, now: new Date() })
  const found = await Promise.all(jobs.map(({ id }) => findJob(db, id)))
  const held = found.flatMap((job) => (job?.claim && job.worker !== null ? [job.worker] : []))
  const pids = held.map((worker) => Number(worker.split(':').at(-1)))
  onTestFinished(() => pids.filter(isAlive).forEach((pid) => process.kill(pid, 'SIGKILL')))
  return pids
}

test('the demo shows a job in every status, and Ctrl-C leaves nothing behind', async () => {
  const { folder: around, child, gone } = aDemo()
  const { url, folder }: Record<string, string> = JSON.parse(await firstLine(child.stdout))
  if (url === undefined || folder === undefined) throw new Error('it does not say where it is')
  const { db } = await openDemo(folder)
  const { jobs } = await listJobs(db, { limit: 100, now: new Date() })
  expect([...new Set(jobs.map(({ status }) => status))].sort()).toEqual([...JOB_STATUSES].sort())
  expect(jobs.every(({ counters, total }) => balances(counters, total))).toBe(true)
  const page = await (await fetch(`${url}jobs`)).text()
  for (const { label } of jobs) expect(page).toContain(label)

  const workers = await workersIn(folder)
  expect(workers).toHaveLength(5)
  child.kill('SIGINT')
  expect(await gone).toEqual([0, null])
  expect(workers.filter(isAlive)).toEqual([])
  expect(foldersIn(around)).toEqual([])
}, 240_000)

test('Ctrl-C while it is set up leaves nothing behind either', async () => {
  const { folder, child, gone } = aDemo()
  while (!readdirSync(folder).some((name) => existsSync(path.join(folder, name, 'demo.db')))) {
    await pause(5)
  }
  child.kill('SIGINT')
  expect(await gone).toEqual([0, null])
  expect(foldersIn(folder)).toEqual([])
})

test('a terminal that is closed while the first jobs run leaves nothing behind, in silence', async () => {
  const folder = tmpDir()
  const quiet = { TMPDIR: folder, TALLYMAN_LOG_LEVEL: 'error' }
  const child = start(folder, ['demo', '--port', '0'], quiet)
  const said = text(child.stderr)
  const gone = once(child, 'exit')
  await firstLine(child.stdout)
  child.kill('SIGHUP')
  expect(await gone).toEqual([0, null])
  expect(foldersIn(folder)).toEqual([])
  expect(await said).toBe('')
})

test('no worker outlives a demo that is killed, not even one that stalls', async () => {
  const { child } = aDemo()
  const { folder = '' }: Record<string, string> = JSON.parse(await firstLine(child.stdout))
  const workers = await workersIn(folder)
  expect(workers).toHaveLength(5)
  child.kill('SIGKILL')
  for (const worker of workers) await untilGone(worker)
}, 240_000)
