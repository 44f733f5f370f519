import { spawn, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openStore } from '../../src/db/open.ts'
import { parseImportSpecification } from '../../src/domain/specification/parse-specification.ts'
import { createJob } from '../../src/engine/jobs/jobs.ts'
import { importJob } from '../../src/engine/jobs/new-job.ts'
import { MAIN } from '../support/programs/main.ts'
import { median, p99, seconds } from './measure.ts'
import { Poller } from './poller.ts'
import { startServer } from './server.ts'
import { writeBenchFile } from './tokenizer.ts'

const RUNS = 5
const CLIENTS = 500
const CLICK_MS = 100
/** In which all clients open their connections. */
const OPENING_MS = 1_000

/** 500 pages that poll once a second, and somebody who clicks, while an import runs at full speed. */
export async function measureLoad(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-bench-'))
  const server = await startServer(folder, databaseOf(folder))
  const all: Seen[] = []
  const ratios: number[] = []
  try {
    const file = path.join(folder, 'people.csv')
    await writeBenchFile(file)
    const idle = await makeJob(folder, file)
    for (let run = 0; run < RUNS; run++) {
      const args = importArgs(folder, file, `alone_${run}`)
      const alone = seconds(() => execFileSync(process.execPath, args))

      const running = spawn(process.execPath, importArgs(folder, file, `watched_${run}`))
      const began = performance.now()
      // Imports are numbered one after the other: the one that ran alone, and then this one.
      const watched = idle + 2 * run + 2
      await untilThere(`${server.jobs}/${watched}`)
      const crowd = watch(server.jobs, watched, idle)
      await once(running, 'exit')
      ratios.push((performance.now() - began) / 1000 / alone)
      all.push(await crowd.stop())
    }
    const times = (of: 'polls' | 'clicks' | 'openingClicks') => all.flatMap((seen) => seen[of])
    const wrong = all.reduce((sum, seen) => sum + seen.wrong, 0)
    return [
      `load: ${CLIENTS} clients, ${times('polls').length} polls, ${times('clicks').length} clicks, ${wrong} answered with an error`,
      `  polls p99 ${p99(times('polls')).toFixed(0)} ms, clicks p99 ${p99(times('clicks')).toFixed(0)} ms`,
      `  while ${CLIENTS} connections are opened, in the first second: a click at most ${Math.max(...times('openingClicks')).toFixed(0)} ms`,
      `  the import took ${median(ratios).toFixed(2)} × its time without them (median of ${RUNS}: ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')})`,
    ].join('\n')
  } finally {
    await server.stop()
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
  const clicked = importJob(parseImportSpecification({ path: file, table: 'clicked' }), {})
  const { id } = await createJob(store.db, clicked, { now: new Date(), actor: 'bench' })
  await store.close()
  return id
}

async function untilThere(url: string): Promise<void> {
  while ((await fetch(url)).status === 404) await pause(20)
}

/** Milliseconds until each was answered, and how many with an error. */
type Seen = { polls: number[]; clicks: number[]; openingClicks: number[]; wrong: number }

function watch(jobs: string, watched: number, clicked: number): { stop(): Promise<Seen> } {
  const agent = new Agent({ keepAlive: true })
  const polls: number[] = []
  const clicks: number[] = []
  const openingClicks: number[] = []
  const began = performance.now()
  let wrong = 0
  let isOver = false

  const click = async (event: string) => {
    const began = performance.now()
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': FORM }
    const sent = request(`${jobs}/${clicked}/${event}`, { agent, method: 'POST', headers }).end()
    const [answer] = await once(sent, 'response')
    answer.resume()
    await once(answer, 'end')
    if (answer.statusCode >= 400 && answer.statusCode !== 409) wrong++
    return performance.now() - began
  }
  const client = async (number: number) => {
    let tag = ''
    await pause((number * 1000) / CLIENTS)
    const poller = await Poller.open(`${jobs}/${watched}/live?tab=general`)
    while (!isOver) {
      const seen = await poller.poll(tag)
      if (seen.status >= 400) wrong++
      tag = seen.tag
      polls.push(seen.ms)
      await pause(Math.max(0, 1000 - seen.ms))
    }
    poller.close()
  }
  const clicker = async () => {
    for (let turn = 0; !isOver; turn++) {
      const isOpening = performance.now() - began < OPENING_MS
      ;(isOpening ? openingClicks : clicks).push(await click(turn % 2 === 0 ? 'start' : 'pause'))
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

if (import.meta.main) console.log(await measureLoad())
