import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { openStore } from '../../src/db/open.ts'
import type { Store } from '../../src/db/store.ts'
import { findJob } from '../../src/engine/jobs/jobs.ts'
import { MAIN } from '../support/programs/main.ts'
import { writeBenchFile } from './tokenizer.ts'

const SIZES = [10_000, 100_000, 1_000_000, 10_000_000]
/** A file of 2 GB, and how far an import of it has come when it is paused. */
const LONG = { records: 24_000_000, pausedBehind: 23_500_000 }
const JOB = 1
/** Prints what a process and its threads took of the machine's memory at most, in KiB. */
const TELL_PEAK = `data:text/javascript,process.on('exit',()=>console.error(process.resourceUsage().maxRSS))`

/** What an import takes as its file grows, and how soon one that was stopped near the end of 2 GB goes on. */
export async function measureGrowth(): Promise<string> {
  const lines: string[] = []
  for (const records of SIZES) {
    lines.push(await withFile(records, (file, url) => Promise.resolve(measureImportOf(file, url))))
  }
  lines.push(await withFile(LONG.records, measureResume))
  return ['growth', ...lines].join('\n')
}

async function withFile(
  records: number,
  measure: (file: string, url: string) => Promise<string>,
): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-bench-'))
  try {
    const file = path.join(folder, 'people.csv')
    await writeBenchFile(file, records)
    const size = (statSync(file).size / 1e6).toFixed(0)
    const name = `${records.toLocaleString('en')} records, ${size} MB`
    return `  ${name}: ${await measure(file, `sqlite:${path.join(folder, 'growth.db')}`)}`
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function measureImportOf(file: string, url: string): string {
  const began = performance.now()
  const { status, stderr } = spawnSync(process.execPath, importArgs(file, url), {
    encoding: 'utf8',
  })
  const seconds = (performance.now() - began) / 1000
  if (status !== 0) throw new Error(`the import ended with ${status}: ${stderr}`)
  return `imported in ${seconds.toFixed(1)} s, peak memory ${peakOf(stderr)} MiB`
}

async function measureResume(file: string, url: string): Promise<string> {
  const importing = spawn(process.execPath, importArgs(file, url), {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said = text(importing.stderr)
  const store = await openStore(url)
  try {
    await until(async () => (await processedOf(store)) >= LONG.pausedBehind)
    execFileSync(process.execPath, [MAIN, 'jobs', 'pause', String(JOB), '--database', url])
    const peak = peakOf(await said)
    const before = await processedOf(store)

    const began = performance.now()
    const args = ['jobs', 'start', String(JOB), '--run', '--json', '--database', url]
    const resumed = spawn(process.execPath, [MAIN, ...args], { stdio: 'ignore' })
    const end = once(resumed, 'exit')
    await until(async () => (await processedOf(store)) > before)
    const seconds = (performance.now() - began) / 1000
    await end
    const job = await findJob(store.db, JOB)
    if (job?.status !== 'finished' || job.counters.processed !== LONG.records) {
      throw new Error(`the job came to ${job?.counters.processed} records and is ${job?.status}`)
    }
    return `peak memory ${peak} MiB; paused behind ${before.toLocaleString('en')}, started again: the next are in after ${seconds.toFixed(2)} s`
  } finally {
    await store.close()
  }
}

function importArgs(file: string, url: string): string[] {
  const into = ['--into', 'person', '--create', '--key', 'id', '--json']
  return ['--import', TELL_PEAK, MAIN, 'import', file, ...into, '--database', url]
}

/** Of what `TELL_PEAK` said for each thread, in MiB. */
function peakOf(said: string): string {
  return (Math.max(...(said.match(/^\d+$/gm) ?? []).map(Number)) / 1024).toFixed(0)
}

async function processedOf({ db }: Store): Promise<number> {
  return (await findJob(db, JOB))?.counters.processed ?? 0
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(5)
}

if (import.meta.main) console.log(await measureGrowth())
