import { setTimeout as pause } from 'node:timers/promises'
import { AT_ONCE } from '../../db/files/stored-files.ts'
import { deletePieces } from '../../db/files/pieces.ts'
import type { Db } from '../../db/store.ts'

/** How long an upload may stand unfinished, and a file wait for its job. */
const KEPT_MS = 24 * 60 * 60 * 1_000
const MOST_FILES = 100
/** A few megabytes in each transaction, because requests wait for it. */
const MOST_PIECES = 4
const TURN_MS = 3

/** Removes a file from the disk. */
export type RemoveFromDisk = (path: string) => Promise<void>

/** A file that could not be removed from its disk, and why. */
export type StuckFile = { path: string; error: unknown }

export async function isAnyFileUnused(db: Db, now: Date): Promise<boolean> {
  return (await unusedFiles(db, now, 1)).length > 0
}

/**
 * Removes the files that no job has any more, and uploads that nobody finished or used, in short
 * transactions. If the process dies, the next call continues.
 */
export async function removeUnusedFiles(
  db: Db,
  {
    now,
    fromDisk,
    signal,
  }: { now: Date; fromDisk: RemoveFromDisk; signal?: AbortSignal | undefined },
): Promise<StuckFile[]> {
  const stuck: StuckFile[] = []
  for (const { id, path } of await unusedFiles(db, now, MOST_FILES)) {
    if (!(await condemn(db, id, now))) continue
    if (path === null) await removePieces(db, id, signal)
    if (signal?.aborted) break
    try {
      if (path !== null) await fromDisk(path)
      await db.deleteFrom('tallyman_file').where('id', '=', id).execute()
    } catch (error) {
      stuck.push({ path: path ?? id, error })
    }
  }
  return stuck
}

async function unusedFiles(db: Db, now: Date, most: number) {
  return await db
    .selectFrom('tallyman_file')
    .select(['id', 'path'])
    .where('unused_since', '<', cutoffOf(now))
    .orderBy('unused_since')
    .limit(most)
    .execute()
}

/** Nobody can link a condemned file any more. False where a job has it since. */
async function condemn(db: Db, id: string, now: Date): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const file = trx.updateTable('tallyman_file').where('id', '=', id)
    const { numUpdatedRows } = await file
      .set({ unused_since: AT_ONCE })
      .where('unused_since', '<', cutoffOf(now))
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) return false
    const links = trx.selectFrom('tallyman_job_file').select('job_id').where('file_id', '=', id)
    if ((await links.limit(1).executeTakeFirst()) === undefined) return true
    await file.set({ unused_since: null }).execute()
    return false
  })
}

function cutoffOf(now: Date): string {
  return new Date(now.getTime() - KEPT_MS).toISOString()
}

async function removePieces(db: Db, id: string, signal?: AbortSignal): Promise<void> {
  const removeSome = () => db.transaction().execute((trx) => deletePieces(trx, id, MOST_PIECES))
  while (!signal?.aborted && (await removeSome())) await pause(TURN_MS)
}
