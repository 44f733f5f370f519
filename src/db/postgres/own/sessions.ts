import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { PoolClient } from 'pg'
import type { Db, Trx } from '../../store.ts'

/** The first half of every worker's advisory lock; the second is its own. */
const LOCK_CLASS = 1_952_541_804
const LARGEST_KEY = 2 ** 31 - 1
const CHANNEL = 'tallyman_wake'

/**
 * Takes an advisory lock that the session holds until it ends, and listens for waiting jobs.
 * @returns the key of the lock, which no other session has
 */
export async function beginSession(client: PoolClient): Promise<number> {
  for (;;) {
    const key = randomInt(1, LARGEST_KEY)
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock($1, $2) as taken',
      [LOCK_CLASS, key],
    )
    if (rows[0]?.taken !== true) continue
    await client.query(`listen ${CHANNEL}`)
    return key
  }
}

/** Calls `wake` whenever a job begins to wait. */
export function onWake(client: PoolClient, wake: () => void): void {
  client.on('notification', ({ channel }) => {
    if (channel === CHANNEL) wake()
  })
}

/** Looks instead of trying: a lock that was tried would be held for a moment. */
export async function heldLocks(db: Db): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ key: number }>`
    select objid::bigint as key from pg_locks
    where locktype = 'advisory' and classid::bigint = ${LOCK_CLASS} and objsubid = 2 and granted
      and database = (select oid from pg_database where datname = current_database())`.execute(db)
  return new Set(rows.map(({ key }) => key))
}

/** Sessions of another role stay, where this one may not end them: the claim fences them as well. */
export async function endSessions(db: Db, processes: string[]): Promise<void> {
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = any (${processes})
      and pg_has_role(usesysid, 'member')
      and (not (select rolsuper from pg_roles where oid = usesysid)
        or current_setting('is_superuser') = 'on')`.execute(db)
}

/** A process that lost its sessions for a moment is taken for gone as well. */
export async function isGone(db: Db, process: string): Promise<boolean> {
  const { rows } = await sql`
    select from pg_stat_activity
    where datname = current_database() and application_name = ${process} limit 1`.execute(db)
  return rows.length === 0
}

export async function wakeWorkers(trx: Trx): Promise<void> {
  await sql`select pg_notify(${CHANNEL}, '')`.execute(trx)
}

export async function serializeClaims(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK_CLASS}, 0)`.execute(trx)
}
