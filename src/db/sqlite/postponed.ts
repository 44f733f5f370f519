import type Sqlite from 'better-sqlite3'
import { UNSURE } from './postpone.ts'
import type { Attempt, PostponedRecord, PostponedRecords } from '../target.ts'

/** Read as a list, which is much faster than by names. */
type Stored = [record: number, line: number, offset: number, raw: Buffer]

/** The records of a job that were postponed, for who tries them again. */
export function openPostponed(handle: Sqlite.Database, jobId: number): PostponedRecords {
  const first = (rest: string) =>
    handle
      .prepare<[number], Stored>(
        `select record, line, "offset", raw from tallyman_postponed
         where job_id = ? ${rest} limit 1`,
      )
      .raw(true)
  const any = first('order by record')
  const free = first('and waits_for is null order by record')
  // By the index, not by the record: those that were tried in vain are not passed over each time.
  const unsure = first(`and waits_for > '${UNSURE}' order by waits_for desc, record desc`)
  const remove = handle.prepare('delete from tallyman_postponed where job_id = ? and record = ?')

  const take = (find: typeof any, attempt: Attempt): PostponedRecord | undefined => {
    const found = find.get(jobId)
    if (found === undefined) return undefined
    const [record, line, offset, raw] = found
    remove.run(jobId, record)
    return { record, line, offset, raw, attempt }
  }
  return {
    isAny: () => Promise.resolve(any.get(jobId) !== undefined),
    take: (_trx) =>
      Promise.resolve(take(free, 'again') ?? take(unsure, 'unsure') ?? take(any, 'last')),
  }
}
