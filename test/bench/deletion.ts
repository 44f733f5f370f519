import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { openStore } from '../../src/db/open.ts'
import type { Db } from '../../src/db/store.ts'
import { MAIN } from '../support/programs/main.ts'
import { appOn, type App } from './app.ts'
import { buildDatabase, FEW, MANY, SMALL } from './big-database.ts'
import { median, p99 } from './measure.ts'
import { startServer } from './server.ts'
import { writeBenchFile } from './tokenizer.ts'

const MILLIONS = 5_000_000
const RUNS = 21
const CLICK_MS = 50
const IMPORTED = 30_000_000
/** Of the small database, a job that was never started: nothing runs it, since the server has no worker. */
const CLICKED_STATUS = 'editing'

/**
 * Opens the rejects and the journal of a job with five millions of each, and deletes it while an
 * import runs and somebody clicks.
 */
export async function measureDeletion(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-bench-'))
  try {
    const database = path.join(folder, 'many.db')
    const size = {
      ...SMALL,
      manyRejects: MILLIONS,
      longJournal: MILLIONS,
      longJournalOf: MANY,
    }
    const store = await buildDatabase(database, size)
    const opened = await openTabs(await appOn(store, folder))
    await store.close()
    return [
      `a job with ${MILLIONS.toLocaleString('en')} rejects and journal entries`,
      ...opened,
      await deleteMany(folder, database),
    ].join('\n  ')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function openTabs(app: App): Promise<string[]> {
  const lines: string[] = []
  for (const tab of ['rejects', 'journal']) {
    const [few, many]: [number[], number[]] = [[], []]
    for (let run = 0; run < RUNS; run++) {
      few.push(await milliseconds(app, `/jobs/${FEW}/${tab}`))
      many.push(await milliseconds(app, `/jobs/${MANY}/${tab}`))
    }
    lines.push(
      `its ${tab} open in ${median(many).toFixed(1)} ms, those of a small job in ${median(few).toFixed(1)} ms`,
    )
  }
  return lines
}

async function milliseconds(app: App, url: string): Promise<number> {
  const began = performance.now()
  await (await app.request(url)).text()
  return performance.now() - began
}

async function deleteMany(folder: string, database: string): Promise<string> {
  const file = path.join(folder, 'people.csv')
  await writeBenchFile(file, IMPORTED)
  const server = await startServer(folder, `sqlite:${database}`)
  const store = await openStore(`sqlite:${database}`)
  const args = ['import', file, '--into', 'person', '--create', '--key', 'id', '--json']
  const importing = spawn(process.execPath, [MAIN, ...args, '--database', `sqlite:${database}`])
  try {
    await pause(1_000)
    const clicked = await anIdleJob(store.db)
    // As who deletes a job has looked at it before.
    await (await fetch(`${server.jobs}/${MANY}`)).text()
    const began = performance.now()
    const answered = await post(`${server.jobs}/${MANY}/delete`)
    const clicks: number[] = []
    while (await isLeft(store.db)) {
      clicks.push(
        await post(`${server.jobs}/${clicked}/${clicks.length % 2 === 0 ? 'start' : 'pause'}`),
      )
      await pause(CLICK_MS)
    }
    const seconds = (performance.now() - began) / 1000
    const isRunning = importing.exitCode === null
    return (
      `its deletion answers after ${answered.toFixed(0)} ms and is through after ${seconds.toFixed(0)} s` +
      `${isRunning ? '' : ', and the import was over before'};` +
      ` clicks meanwhile p99 ${p99(clicks).toFixed(0)} ms, at most ${Math.max(...clicks).toFixed(0)} ms (${clicks.length} clicks)`
    )
  } finally {
    importing.kill('SIGKILL')
    await store.close()
    await server.stop()
  }
}

async function anIdleJob(db: Db): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select max(id) as id from tallyman_job where status = ${CLICKED_STATUS}`.execute(db)
  return rows[0]?.id ?? NaN
}

async function isLeft(db: Db): Promise<boolean> {
  const { rows } = await sql`select 1 from tallyman_leftover where job_id = ${MANY}`.execute(db)
  return rows.length > 0
}

/** @returns milliseconds until it was answered */
async function post(url: string): Promise<number> {
  const began = performance.now()
  const answer = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin' },
  })
  await answer.arrayBuffer()
  if (answer.status >= 500) throw new Error(`${url} answered ${answer.status}`)
  return performance.now() - began
}

if (import.meta.main) console.log(await measureDeletion())
