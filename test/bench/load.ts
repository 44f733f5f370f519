import { spawn, execFileSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openStore } from '../../src/db/open.ts'
import { importSpecification } from '../../src/domain/specification.ts'
import { createJob } from '../../src/engine/jobs.ts'
import { seconds } from './measure.ts'
import { writeBenchFile } from './tokenizer.ts'

const MAIN = path.join(import.meta.dirname, '../../dist/src/main.js')
const CLIENTS = 500
const CLICK_MS = 100
/** In which all clients open their connections. */
const OPENING_MS = 1_000

/** 500 pages that poll once a second, and somebody who clicks, while an import runs at full speed. */
export async function measureLoad(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-bench-'))
  const server = await startServer(folder)
  try {
    const file = path.join(folder, 'people.csv')
    await writeBenchFile(file)
    const idle = await makeJob(folder, file)
    const alone = seconds(() => execFileSync(process.execPath, importArgs(folder, file, 'alone')))

    const running = spawn(process.execPath, importArgs(folder, file, 'watched'))
    const began = performance.now()
    // The import of before had the next number, the one to watch has that after it.
    await untilThere(`${server.url}/${idle + 2}`)
    const crowd = watch(server.url, idle + 2, idle)
    await once(running, 'exit')
    const watched = (performance.now() - began) / 1000
    const { polls, clicks, openingClicks, wrong } = await crowd.stop()
    return [
      `load: ${CLIENTS} clients, ${polls.length} polls, ${clicks.length} clicks, ${wrong} answered with an error`,
      `  polls p99 ${percentile(polls)} ms, clicks p99 ${percentile(clicks)} ms`,
      `  while ${CLIENTS} connections are opened, in the first second: a click at most ${Math.max(...openingClicks).toFixed(0)} ms`,
      `  the import took ${(watched / alone).toFixed(2)} × its time without them`,
    ].join('\n')
  } finally {
    server.child.kill()
    await once(server.child, 'exit')
    rmSync(folder, { recursive: true })
  }
}

function importArgs(folder: string, file: string, table: string): string[] {
  const into = ['--into', table, '--create', '--key', 'id', '--json', '--label', table]
  return [MAIN, 'import', file, ...into, '--database', databaseOf(folder)]
}

function databaseOf(folder: string): string {
  return `sqlite:${path.join(folder, 'load.db')}`
}

/** A job that is started and paused in turn: nothing runs it, since the server has no worker. */
async function makeJob(folder: string, file: string): Promise<number> {
  const store = await openStore(databaseOf(folder))
  const specification = importSpecification.parse({
    path: file,
    table: 'clicked',
    operation: 'insert',
    duplicates: 'reject',
  })
  const { id } = await createJob(
    store.db,
    { type: 'import', label: 'clicked', specification, targetTable: 'clicked', fileName: 'a.csv' },
    { now: new Date(), actor: 'bench' },
  )
  await store.close()
  return id
}

async function startServer(folder: string): Promise<{ child: ChildProcess; url: string }> {
  const args = ['serve', '--port', '0', '--workers', '0', '--json', '--database']
  const child = spawn(process.execPath, [MAIN, ...args, databaseOf(folder)], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = await once(child.stdout, 'data')
  const { url } = JSON.parse(String(line))
  return { child, url: String(url) }
}

async function untilThere(url: string): Promise<void> {
  while ((await fetch(url)).status === 404) await pause(20)
}

function watch(url: string, watched: number, clicked: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS + 1 })
  const polls: number[] = []
  const clicks: number[] = []
  const openingClicks: number[] = []
  const began = performance.now()
  let wrong = 0
  let isOver = false

  const send = async (target: string, method: string, headers: Record<string, string>) => {
    const began = performance.now()
    const sent = request(target, { agent, method, headers }).end()
    const [answer] = await once(sent, 'response')
    answer.resume()
    await once(answer, 'end')
    if (answer.statusCode >= 400 && answer.statusCode !== 409) wrong++
    return { ms: performance.now() - began, tag: String(answer.headers['hx-ptag'] ?? '') }
  }
  const client = async (number: number) => {
    let tag = ''
    await pause((number * 1000) / CLIENTS)
    while (!isOver) {
      const seen = await send(`${url}/${watched}/live?tab=general`, 'GET', { 'hx-ptag': tag })
      tag = seen.tag || tag
      polls.push(seen.ms)
      await pause(Math.max(0, 1000 - seen.ms))
    }
  }
  const clicker = async () => {
    for (let turn = 0; !isOver; turn++) {
      const event = turn % 2 === 0 ? 'start' : 'pause'
      const headers = { 'sec-fetch-site': 'same-origin', 'content-type': FORM }
      const isOpening = performance.now() - began < OPENING_MS
      const { ms } = await send(`${url}/${clicked}/${event}`, 'POST', headers)
      ;(isOpening ? openingClicks : clicks).push(ms)
      await pause(CLICK_MS)
    }
  }
  const all = [...Array.from({ length: CLIENTS }, (_, number) => client(number)), clicker()]
  return {
    async stop() {
      isOver = true
      await Promise.all(all)
      agent.destroy()
      // Each client's first poll opens its connection, all of them within the first second.
      return { polls: polls.slice(CLIENTS), clicks, openingClicks, wrong }
    },
  }
}

const FORM = 'application/x-www-form-urlencoded'

function percentile(times: number[]): string {
  return (times.toSorted((a, b) => a - b).at(Math.floor(times.length * 0.99)) ?? NaN).toFixed(0)
}

if (import.meta.main) console.log(await measureLoad())
