import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../../src/db/store.ts'
import { parseExportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import type { JobEvent } from '../../../src/domain/states/transitions.ts'
import { createJob } from '../../../src/engine/jobs/jobs.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { exportJob } from '../../../src/engine/jobs/new-job.ts'
import { NOON, OPERATOR, WORKER, BROKEN } from './a-job.ts'
import { tmpDir } from '../tmp.ts'

export async function rememberKeys(db: Db, jobId: number, count: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (let n = 0; n < count; n += 1_000) {
      const rows = Array.from({ length: 1_000 }, (_, i) => ({ job_id: jobId, key: `k${n + i}` }))
      await trx.insertInto('tallyman_key').values(rows).execute()
    }
  })
}

/** Records of the job that wait for later ones. */
export async function postponeRecords(db: Db, jobId: number, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, at) => ({
    job_id: jobId,
    record: at + 1,
    line: at + 2,
    offset: at,
    key: null,
    second_key: null,
    waits_for: null,
    raw: Buffer.from('1,2'),
  }))
  await db.insertInto('tallyman_postponed').values(rows).execute()
}

export async function postponedOf(db: Db, jobId: number): Promise<number> {
  return await countOf(db, 'tallyman_postponed', jobId)
}

export async function keysOf(db: Db, jobId: number): Promise<number> {
  return await countOf(db, 'tallyman_key', jobId)
}

async function countOf(
  db: Db,
  table: 'tallyman_postponed' | 'tallyman_key',
  jobId: number,
): Promise<number> {
  const rows = await db.selectFrom(table).select('job_id').where('job_id', '=', jobId).execute()
  return rows.length
}

/** That was claimed and has written a part of its file, and what came then. */
export async function anExport(db: Db, events: JobEvent[]) {
  const path = join(tmpDir(), 'people.csv')
  const { id } = await createJob(
    db,
    {
      ...exportJob(parseExportSpecification({ table: 'person', path }), {}),
      status: 'start_pending',
    },
    { actor: OPERATOR, now: NOON },
  )
  for (const event of events) {
    await transition(db, id, event, { actor: WORKER, claim: 'mine', now: NOON, failure: BROKEN })
  }
  const part = `${path}.tallyman-${id}.part`
  writeFileSync(part, 'id,na')
  return { id, path, part }
}
