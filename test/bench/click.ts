import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openStore } from '../../src/db/open.ts'
import { createJob } from '../../src/engine/jobs/jobs.ts'
import { transition } from '../../src/engine/lifecycle/transition.ts'
import { importJob } from '../../src/engine/jobs/new-job.ts'
import { parseImportSpecification } from '../../src/domain/specification/parse-specification.ts'
import { MAIN } from '../support/programs/main.ts'
import { p99 } from './measure.ts'
import { writeBenchFile } from './tokenizer.ts'

/** How long an operator's click waits for its write while an import runs at full speed: the 99th percentile. */
export async function measureClicks(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-bench-'))
  try {
    const file = path.join(folder, 'people.csv')
    await writeBenchFile(file)
    const url = `sqlite:${path.join(folder, 'click.db')}`
    // As the console's process does.
    const store = await openStore(url, { priority: 'first' })
    const clicked = importJob(parseImportSpecification({ path: file, table: 'person' }), {})
    const { id } = await createJob(store.db, clicked, { now: new Date(), actor: 'bench' })
    const args = ['import', file, '--into', 'person', '--create', '--key', 'id', '--json']
    const running = spawn(process.execPath, [MAIN, ...args, '--database', url])
    const waits = await click(store.db, id, once(running, 'exit'))
    await store.close()
    return `a click's write while an import runs: p99 ${p99(waits).toFixed(0)} ms (${waits.length} clicks)`
  } finally {
    rmSync(folder, { recursive: true })
  }
}

type Db = Parameters<typeof transition>[0]

/** Start and Pause in turn, about a hundred a second. */
async function click(db: Db, id: number, end: Promise<unknown>): Promise<number[]> {
  const waits: number[] = []
  let isOver = false
  void end.then(() => (isOver = true))
  while (!isOver) {
    const event = waits.length % 2 === 0 ? 'start' : 'pause'
    const began = performance.now()
    await transition(db, id, event, { actor: 'bench', now: new Date() })
    waits.push(performance.now() - began)
    await pause(10)
  }
  return waits
}

if (import.meta.main) console.log(await measureClicks())
