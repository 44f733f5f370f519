import type { Selectable } from 'kysely'
import { kindOf } from '../../db/kind.ts'
import type { WorkerTable } from '../../db/schema.ts'
import type { Db, Trx } from '../../db/store.ts'
import { inTransaction } from '../ground/in-transaction.ts'

/**
 * A process that claims jobs: a worker, or a command that runs its job itself. From its claim on
 * others can end its sessions, which bear the name of the process.
 */
export type WorkerIdentity = Pick<
  WorkerTable,
  'id' | 'name' | 'host' | 'version' | 'process' | 'started_at'
>

export type WorkerRow = Selectable<WorkerTable>

export type Heartbeat = {
  now: Date
  /** The claim of the job that it runs, if any. */
  claim: string | null
  leaseMs?: number | undefined
  /** What others find its session by; asked for once a connection is there. */
  session?: (() => Pick<WorkerTable, 'lock_key'>) | undefined
}

/**
 * Writes a worker's heartbeat and its claim; a worker whose row was removed gets a new one. It
 * locks only the worker's row, so heartbeats and writers of the job never wait for each other.
 */
export async function beat(
  db: Db | Trx,
  worker: WorkerIdentity,
  { now, claim, leaseMs = kindOf(db).patience.leaseMs, session }: Heartbeat,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const sign = { heartbeat_at: now.toISOString(), claim, ...session?.() }
    await trx
      .insertInto('tallyman_worker')
      .values({ ...worker, lock_key: null, ...sign, lease_ms: leaseMs })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(sign))
      .execute()
  })
}

/** All workers that have a row, alive or not, by start. */
export async function listWorkers(db: Db | Trx): Promise<WorkerRow[]> {
  return await db
    .selectFrom('tallyman_worker')
    .selectAll()
    .orderBy('started_at')
    .orderBy('id')
    .execute()
}

/** Removes a worker's row when its process ends; without a row it takes no write lock. */
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
 * Removes the rows of silent workers, unless their heartbeat changed since it was read. The row of
 * one that still holds a job stays: its heartbeat tells when the job was last alive.
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
