import type { Selectable } from 'kysely'
import type { WorkerTable } from '../../db/schema.ts'
import type { Db, Trx } from '../../db/store.ts'
import { inTransaction } from '../ground/in-transaction.ts'

/** How long a worker may be silent. */
export const LEASE_MS = 10_000

/** A process that takes jobs: a worker, or a command that runs its job itself. */
export type WorkerIdentity = Pick<WorkerTable, 'id' | 'name' | 'host' | 'version' | 'started_at'>

export type WorkerRow = Selectable<WorkerTable>

export type Heartbeat = {
  now: Date
  /** Of the job that it runs, if any. */
  claim: string | null
  leaseMs?: number | undefined
}

/**
 * Tells that a worker is alive, and which job it runs; one that was given up counts again from then
 * on. It touches no other row: nobody who waits for a job waits for this, or the other way round.
 */
export async function beat(
  db: Db | Trx,
  worker: WorkerIdentity,
  { now, claim, leaseMs = LEASE_MS }: Heartbeat,
): Promise<void> {
  const sign = { heartbeat_at: now.toISOString(), claim }
  await inTransaction(db, (trx) =>
    trx
      .insertInto('tallyman_worker')
      .values({ ...worker, ...sign, lease_ms: leaseMs })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(sign))
      .execute(),
  )
}

/** All that there are, alive or not. */
export async function listWorkers(db: Db | Trx): Promise<WorkerRow[]> {
  return await db
    .selectFrom('tallyman_worker')
    .selectAll()
    .orderBy('started_at')
    .orderBy('id')
    .execute()
}

/** At the end of its process. One that never took a job may have no row, and waits for nobody. */
export async function endWorker(db: Db, { id }: WorkerIdentity): Promise<void> {
  const row = await db
    .selectFrom('tallyman_worker')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return
  await db
    .transaction()
    .execute((trx) => trx.deleteFrom('tallyman_worker').where('id', '=', id).execute())
}

/**
 * Clears the rows of workers that ended without a word, unless they beat since they were seen. One
 * that holds a job still is needed to tell when that was last carried on.
 */
export async function clearWorkers(db: Db, silent: WorkerRow[]): Promise<void> {
  if (silent.length === 0) return
  await db.transaction().execute(async (trx) => {
    for (const { id, heartbeat_at } of silent) {
      await trx
        .deleteFrom('tallyman_worker')
        .where('id', '=', id)
        .where('heartbeat_at', '=', heartbeat_at)
        .where(({ not, exists, selectFrom }) => {
          const held = selectFrom('tallyman_job').select('tallyman_job.id')
          return not(exists(held.whereRef('tallyman_job.claim', '=', 'tallyman_worker.claim')))
        })
        .execute()
    }
  })
}
