import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { Hono } from 'hono'
import { appOn } from './app.ts'
import { buildDatabase, SMALL } from './big-database.ts'
import { median } from './measure.ts'

const RUNS = 9
const POLLS = 5_000

type Answer = (path: string, init: { headers: Record<string, string> }) => Promise<Response>

/** Polls that find nothing new, against a bare route that answers 304 after one prepared read. */
export async function measureUnchanged(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-bench-'))
  const file = path.join(folder, 'jobs.db')
  const store = await buildDatabase(file, SMALL)
  const peer = new Sqlite(file)
  try {
    const tag = String(await store.revisionOf(1))
    const app = await appOn(store, folder)
    const read = peer.prepare<[number], number>('select revision from tallyman_job where id = ?')
    const bare = new Hono().get('/jobs/:id/live', (c) => {
      const revision = read.pluck().get(Number(c.req.param('id')))
      return c.req.header('hx-ptag') === String(revision) ? c.body(null, 304) : c.text('changed')
    })
    const ratios: number[] = []
    for (let run = 0; run < RUNS; run++) {
      const other = await pollsASecond((url, init) => Promise.resolve(bare.request(url, init)), tag)
      ratios.push((await pollsASecond((url, init) => app.request(url, init), tag)) / other)
    }
    return `unchanged polls: ${median(ratios).toFixed(2)} × the rate of a bare route (median of ${RUNS} runs)`
  } finally {
    peer.close()
    await store.close()
    rmSync(folder, { recursive: true })
  }
}

async function pollsASecond(answer: Answer, tag: string): Promise<number> {
  const began = performance.now()
  for (let poll = 0; poll < POLLS; poll++) {
    const { status } = await answer('/jobs/1/live', { headers: { 'hx-ptag': tag } })
    if (status !== 304) throw new Error(`a poll was answered ${status}`)
  }
  return (POLLS * 1000) / (performance.now() - began)
}

if (import.meta.main) console.log(await measureUnchanged())
