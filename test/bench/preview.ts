import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { openStore } from '../../src/db/open.ts'
import type { Store } from '../../src/db/store.ts'
import { parseImportSpecification } from '../../src/domain/specification/parse-specification.ts'
import { createJob } from '../../src/engine/jobs/jobs.ts'
import { importJob } from '../../src/engine/jobs/new-job.ts'
import { appOn, type App } from './app.ts'
import { median } from './measure.ts'

const RUNS = 21
const SMALL_BYTES = 10_000
const LARGE_BYTES = 10_000_000_000
const STEPS = ['file', 'columns']

/** How long the import assistant takes to show the beginning of a file of 10 GB, against one of 10 kB. */
export async function measurePreview(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-bench-'))
  const store = await openStore(`sqlite:${path.join(folder, 'preview.db')}`)
  try {
    await sql`create table person (id integer primary key, name text, born text)`.execute(store.db)
    const small = await jobOf(store, fileOf(folder, SMALL_BYTES))
    const large = await jobOf(store, fileOf(folder, LARGE_BYTES))
    const app = await appOn(store, folder)
    const lines = ['preview: a file of 10 kB and one of 10 GB']
    for (const step of STEPS) {
      const pageOf = (job: number) => `/jobs/${job}/edit/${step}`
      lines.push(`  ${step.padEnd(8)} ${await sideBySide(app, pageOf(small), pageOf(large))}`)
    }
    return lines.join('\n')
  } finally {
    await store.close()
    rmSync(folder, { recursive: true })
  }
}

function fileOf(folder: string, bytes: number): string {
  const file = path.join(folder, `${bytes}.csv`)
  const to = openSync(file, 'w')
  let written = writeSync(to, 'id,name,born\n')
  const records = Array.from({ length: 400 }, (_, at) => `${at},Name ${at},1980-05-17\n`).join('')
  const block = records.repeat(bytes > SMALL_BYTES ? 1_000 : 1)
  while (written < bytes) written += writeSync(to, block)
  closeSync(to)
  return file
}

async function jobOf({ db }: Store, file: string): Promise<number> {
  const wanted = importJob(parseImportSpecification({ path: file, table: 'person' }), {})
  return (await createJob(db, wanted, { now: new Date(), actor: 'bench' })).id
}

async function sideBySide(app: App, small: string, large: string): Promise<string> {
  await Promise.all([open(app, small), open(app, large)])
  const times: { small: number[]; large: number[] } = { small: [], large: [] }
  for (let run = 0; run < RUNS; run++) {
    times.small.push(await open(app, small))
    times.large.push(await open(app, large))
  }
  const [few, many] = [median(times.small), median(times.large)]
  return `${few.toFixed(1)} and ${many.toFixed(1)} ms  × ${(many / few).toFixed(2)}`
}

/** @returns milliseconds */
async function open(app: App, page: string): Promise<number> {
  const began = performance.now()
  const answer = await app.request(page)
  const text = await answer.text()
  const ms = performance.now() - began
  if (answer.status !== 200 || !text.includes('Name 1')) throw new Error(`${page}: no preview`)
  return ms
}

if (import.meta.main) console.log(await measurePreview())
