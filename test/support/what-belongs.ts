import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../src/db/store.ts'
import { specifyExport } from '../../src/domain/specify.ts'
import type { JobEvent } from '../../src/domain/transitions.ts'
import { createJob } from '../../src/engine/jobs.ts'
import { transition } from '../../src/engine/transition.ts'
import { exportJob } from '../../src/engine/wanted-job.ts'
import { NOON, OPERATOR, WORKER } from './a-job.ts'
import { tmpDir } from './tmp.ts'

export async function rememberKeys(db: Db, jobId: number, count: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (let n = 0; n < count; n += 1_000) {
      const rows = Array.from({ length: 1_000 }, (_, i) => ({ job_id: jobId, key: `k${n + i}` }))
      await trx.insertInto('tallyman_key').values(rows).execute()
    }
  })
}

export async function keysOf(db: Db, jobId: number): Promise<number> {
  const rows = await db
    .selectFrom('tallyman_key')
    .select('key')
    .where('job_id', '=', jobId)
    .execute()
  return rows.length
}

/** That was claimed and has written a part of its file, and what came then. */
export async function anExport(db: Db, events: JobEvent[]) {
  const path = join(tmpDir(), 'people.csv')
  const { id } = await createJob(
    db,
    { ...exportJob(specifyExport({ table: 'person', path }), {}), status: 'start_pending' },
    { actor: OPERATOR, now: NOON },
  )
  for (const event of events) {
    await transition(db, id, event, { actor: WORKER, claim: 'mine', now: NOON })
  }
  const part = `${path}.tallyman-${id}.part`
  writeFileSync(part, 'id,na')
  return { id, path, part }
}
