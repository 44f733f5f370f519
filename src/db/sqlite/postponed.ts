import type Sqlite from 'better-sqlite3'
import type { Attempt, PostponedRecord, PostponedRecords, Row } from '../target.ts'

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

/** The same for who postpones them, and knows what they wait for. */
export function postponedRows(handle: Sqlite.Database, jobId: number) {
  const any = handle.prepare('select 1 from tallyman_postponed where job_id = ? limit 1')
  const earlier = ['key', 'second_key'].map((column) =>
    handle.prepare(
      `select 1 from tallyman_postponed where job_id = ? and ${column} = ? and record < ? limit 1`,
    ),
  )
  const insert = handle.prepare(
    `insert into tallyman_postponed (job_id, record, line, "offset", key, second_key, waits_for, raw)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const free = (condition: string) =>
    handle.prepare(
      `update tallyman_postponed set waits_for = null where job_id = ? and ${condition}`,
    )
  const [freeAll, freeOne] = [free('waits_for = ?'), free('record = ?')]
  const first = handle
    .prepare<[number, string], number>(
      `select record from tallyman_postponed where job_id = ? and waits_for = ?
       order by record limit 1`,
    )
    .pluck()

  return {
    isAny: () => any.get(jobId) !== undefined,
    /** Whether a record before this one has that key. */
    hasEarlier: (key: string, record: number) =>
      earlier.some((find) => find.get(jobId, key, record) !== undefined),
    add({ record, source }: Row, keys: string[], waitsFor: string): void {
      const [key = null, secondKey = null] = keys
      const { line, offset } = source
      const raw = Buffer.from(source.raw, 'latin1')
      insert.run(jobId, record, line, offset, key, secondKey, waitsFor, raw)
    },
    freeAll: (waitsFor: string) => void freeAll.run(jobId, waitsFor),
    freeFirst(waitsFor: string): void {
      const record = first.get(jobId, waitsFor)
      if (record !== undefined) freeOne.run(jobId, record)
    },
  }
}
