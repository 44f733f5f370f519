import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Store } from '../../../src/db/store.ts'
import type { ChangeMark } from '../../../src/domain/records/change-window.ts'
import { balances } from '../../../src/domain/jobs/counters.ts'
import {
  exportSpecification,
  type ExportSpecification,
} from '../../../src/domain/specification/specification.ts'
import { runExport } from '../../../src/pipeline/export/export.ts'
import type { Batch } from '../../../src/domain/jobs/batch.ts'
import type { Resume } from '../../../src/pipeline/ports.ts'
import { freshStore } from './an-import.ts'
import { portsWith } from '../jobs/run-ports.ts'

type Way = {
  resume?: Resume
  diedAfter?: number | null
  /** Up to where the last run of a differential export came. */
  mark?: ChangeMark | null
  stopAfter?: number
  /** The batch whose transaction fails after all was written. */
  failAt?: number
  /** What happens behind the first commit. */
  afterFirst?: () => Promise<unknown>
}

/** Runs an export on the real database; asks it to stop after a batch where `stopAfter` says so. */
export async function run(
  store: Store,
  specification: ExportSpecification,
  {
    resume,
    diedAfter = null,
    mark,
    stopAfter = Infinity,
    failAt = Infinity,
    afterFirst = () => Promise.resolve(),
  }: Way = {},
) {
  const batches: Batch[] = []
  const end = await runExport({
    store,
    jobId: 7,
    specification,
    resume,
    diedAfter,
    lastRun: () => Promise.resolve(mark === undefined ? undefined : { job: 6, mark }),
    ports: portsWith(async (write) => {
      const batch = await store.db.transaction().execute(async (trx) => {
        const written = await write(trx)
        if (batches.length + 1 === failAt) throw new Error('no commit')
        return written
      })
      // What a checkpoint holds goes through the database as JSON.
      batches.push({ ...batch, checkpoint: JSON.parse(JSON.stringify(batch.checkpoint)) })
      expect(balances(batch.counters, batch.total)).toBe(true)
      if (batches.length === 1) await afterFirst()
      return batches.length >= stopAfter ? 'stop' : 'go_on'
    }),
  })
  const last = batches.at(-1)
  if (last === undefined) throw new Error('the export committed nothing')
  return { end, last, batches }
}

/** Stops after each batch but the last two, which are past stopping, and goes on from there. */
export async function expectSameWhereverStopped(
  store: Store,
  batches: number,
  given: Partial<ExportSpecification> & { path: string },
) {
  const whole = readFileSync(given.path)
  for (let stopAfter = 1; stopAfter <= batches - 2; stopAfter++) {
    const again = specify({ ...given, path: `${given.path}-${stopAfter}` })
    const stopped = await run(store, again, { stopAfter })
    expect([stopped.end, existsSync(again.path)]).toEqual(['stopped', false])
    // What a killed run wrote beyond its last commit.
    appendFileSync(`${again.path}.tallyman-7.part`, 'beyond')
    const { last } = await run(store, again, { resume: stopped.last })
    expect(readFileSync(again.path).equals(whole)).toBe(true)
    expect(last.file?.sha256).toBe(createHash('sha256').update(whole).digest('hex'))
    expect(last.total).toBe(last.counters.inserted)
  }
}

export const specify = (given: Partial<ExportSpecification>) =>
  exportSpecification.parse({ table: 'person', path: '', ...given })

/** A table of people, and a place for the file. */
export async function filled(rows: number) {
  const { store, folder } = await freshStore()
  const counted = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})`
  await sql`insert into person ${counted} select i, 'name ' || i, i % 90, null from n`.execute(
    store.db,
  )
  return { store, folder, path: path.join(folder, 'out.csv') }
}
