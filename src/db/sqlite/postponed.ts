import type Sqlite from 'better-sqlite3'
import type { Attempt, PostponedRecord, PostponedRecords } from '../target.ts'

/** Read as a list, which is much faster than by names. */
type Stored = [record: number, line: number, offset: number, raw: Buffer]

/** The records of a job that were postponed, for who tries them again. */
export function openPostponed(handle: Sqlite.Database, jobId: number): PostponedRecords {
  const first = (condition: string) =>
    handle
      .prepare<[number], Stored>(
        `select record, line, "offset", raw from tallyman_postponed
         where job_id = ? ${condition} order by record limit 1`,
      )
      .raw(true)
  const [free, any] = [first('and waits_for is null'), first('')]
  const remove = handle.prepare('delete from tallyman_postponed where job_id = ? and record = ?')

  const takeBy = (find: typeof any, attempt: Attempt): PostponedRecord | undefined => {
    const found = find.get(jobId)
    if (found === undefined) return undefined
    const [record, line, offset, raw] = found
    remove.run(jobId, record)
    return { record, line, offset, raw, attempt }
  }
  return {
    isAny: () => Promise.resolve(any.get(jobId) !== undefined),
    take: (_trx) => Promise.resolve(takeBy(free, 'again') ?? takeBy(any, 'last')),
  }
}
