import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { getRequestListener } from '@hono/node-server'
import Sqlite from 'better-sqlite3'
import { Hono } from 'hono'
import { appOn } from './app.ts'
import { buildDatabase, SMALL } from './big-database.ts'
import { median } from './measure.ts'
import { Poller } from './poller.ts'

const RUNS = 9
const POLLS = 5_000

/** Polls that find nothing new, against a bare route that answers 304 after one prepared read. */
export async function measureUnchanged(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-bench-'))
  const file = path.join(folder, 'jobs.db')
  const store = await buildDatabase(file, SMALL)
  const peer = new Sqlite(file)
  const read = peer.prepare<[number], number>('select revision from tallyman_job where id = ?')
  const bare = new Hono().get('/jobs/:id/live', (c) => {
    const revision = read.pluck().get(Number(c.req.param('id')))
    return c.req.header('hx-ptag') === String(revision) ? c.body(null, 304) : c.text('changed')
  })
  const servers = [await serve(await appOn(store, folder)), await serve(bare)] as const
  try {
    const tag = String(await store.revisionOf(1))
    const ratios: number[] = []
    for (let run = 0; run < RUNS; run++) {
      const other = await pollsASecond(servers[1].url, tag)
      ratios.push((await pollsASecond(servers[0].url, tag)) / other)
    }
    return `unchanged polls: ${median(ratios).toFixed(2)} × the rate of a bare route (median of ${RUNS} runs)`
  } finally {
    for (const { server } of servers) server.close()
    peer.close()
    await store.close()
    rmSync(folder, { recursive: true })
  }
}

/** Over a socket, as a browser asks: without a server, answers are made of classes that are never sent. */
async function serve(app: Pick<Hono, 'fetch'>) {
  const server = createServer(getRequestListener(app.fetch))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, url: `http://127.0.0.1:${portOf(server.address())}/jobs/1/live` }
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || address === null) throw new Error('a server without a port')
  return address.port
}

async function pollsASecond(url: string, tag: string): Promise<number> {
  const poller = await Poller.open(url)
  const began = performance.now()
  for (let poll = 0; poll < POLLS; poll++) {
    const { status } = await poller.poll(tag)
    if (status !== 304) throw new Error(`a poll was answered ${status}`)
  }
  poller.close()
  return (POLLS * 1000) / (performance.now() - began)
}

if (import.meta.main) console.log(await measureUnchanged())
