import type Sqlite from 'better-sqlite3'
import type { WritePlan } from '../target.ts'

/** The keys that a job must remember, in the database: their number has no limit. */
export function openKeys(handle: Sqlite.Database, { jobId, doubles, duplicates }: WritePlan) {
  const isNeeded = doubles !== 'update' || duplicates !== 'update'
  const find = handle.prepare('select 1 from tallyman_key where job_id = ? and key = ?').pluck()
  const insert = handle.prepare('insert or ignore into tallyman_key (job_id, key) values (?, ?)')
  return {
    has: (key: string) => isNeeded && find.get(jobId, key) !== undefined,
    add: (key: string) => {
      if (isNeeded) insert.run(jobId, key)
    },
  }
}
