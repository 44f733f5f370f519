import { sql } from 'kysely'
import type { MoveTable } from '../../db/own/move-table.ts'
import type { Db, Store, Trx } from '../../db/store.ts'
import { ConflictError } from '../../domain/words/errors.ts'
import { ownTables } from './own-tables.ts'
import type { Key } from './pages.ts'

/** How far the rows are copied: all tables before this one, and of this one those up to a key. */
export type Copied = { table: string; last: Key }

export async function findMove(db: Db | Trx): Promise<MoveTable | undefined> {
  return await db.selectFrom('tallyman_move').selectAll().executeTakeFirst()
}

type NewMove = Pick<MoveTable, 'moved_from' | 'fingerprint' | 'last_job' | 'last_entry'> & {
  now: Date
}

/**
 * Begins a move into a database without jobs, or anew where an unfinished one has copied what the
 * source no longer holds.
 * @throws ConflictError where the database has jobs of its own
 */
export async function beginMove(target: Store, { now, ...move }: NewMove): Promise<void> {
  const tables = await ownTables(target)
  await target.db.transaction().execute(async (trx) => {
    const before = await findMove(trx)
    const isOwn = before === undefined || before.ended_at !== null
    if (isOwn && (await hasJobs(trx))) throw new ConflictError({ problem: 'move_into_jobs' })
    // Migrations fill some tables of a new database.
    for (const { name } of tables) await sql`delete from ${sql.table(name)}`.execute(trx)
    await trx.deleteFrom('tallyman_move').execute()
    const begun_at = now.toISOString()
    const row = { ...move, id: 1, begun_at, copied: null, copied_at: null, ended_at: null } as const
    await trx.insertInto('tallyman_move').values(row).execute()
  })
}

/** Also those that were deleted, and files that wait for a job. */
async function hasJobs(trx: Trx): Promise<boolean> {
  for (const table of ['tallyman_job', 'tallyman_removal', 'tallyman_file'] as const) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(trx)
    if (rows.length > 0) return true
  }
  return false
}

/** In the transaction that writes the rows. */
export async function rememberCopied(trx: Trx, copied: Copied): Promise<void> {
  await trx
    .updateTable('tallyman_move')
    .set({ copied: JSON.stringify(copied) })
    .execute()
}

export function copiedOf({ copied }: MoveTable): Copied | undefined {
  return copied === null ? undefined : JSON.parse(copied)
}

/** All rows are copied; bytes of files may still come. */
export async function rememberAllCopied(db: Db, now: Date): Promise<void> {
  await db.updateTable('tallyman_move').set({ copied_at: now.toISOString() }).execute()
}

/** From now on everybody may open the database. */
export async function endMove(trx: Trx, now: Date): Promise<void> {
  await trx.updateTable('tallyman_move').set({ ended_at: now.toISOString() }).execute()
}
