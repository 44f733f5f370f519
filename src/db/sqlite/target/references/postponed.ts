import type Sqlite from 'better-sqlite3'
import type { Attempt, Row } from '../../../../domain/records/record.ts'
import type { PostponedRecord, PostponedRecords } from '../../../store.ts'

/** Prefix of `waits_for` where the record was retried in vain and nothing was written since. */
export const IN_VAIN = '!'
/** Prefix of the key of an earlier record that must be settled first. */
export const BEHIND = '<'
/** Keys that sort after it may exist unannounced, made by a trigger or generated column. */
const UNSURE = '='
/** Prefix of the key of the record whose row must be deleted or changed first. */
export const HELD_BY = '>'

/** Read as an array, which is much faster than by names. */
type Stored = [record: number, line: number, offset: number, raw: Buffer]

/** The postponed records of a job, for retries. */
export function openPostponed(handle: Sqlite.Database, jobId: number): PostponedRecords {
  const first = (rest: string) =>
    handle
      .prepare<[number], Stored>(
        `select record, line, "offset", raw from tallyman_postponed where job_id = ? ${rest} limit 1`,
      )
      .raw(true)
  const any = first('order by record')
  const free = first('and waits_for is null order by record')
  // Uses the index order, not the record order, so as not to skip all those retried in vain each
  // time.
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
    isAny: (_db) => Promise.resolve(any.get(jobId) !== undefined),
    take: (_trx) =>
      Promise.resolve(take(free, 'again') ?? take(unsure, 'unsure') ?? take(any, 'last')),
  }
}

/** The postponed records of a job, for postponing and freeing them. */
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
  const hopeAgain = handle.prepare(
    `update tallyman_postponed set waits_for = substr(waits_for, 2)
     where job_id = ? and waits_for >= '${IN_VAIN}' and waits_for < '${BEHIND}'`,
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
    /** Whether a postponed record before this one has that key. */
    hasEarlier: (key: string, record: number) =>
      earlier.some((find) => find.get(jobId, key, record) !== undefined),
    add({ record, source }: Row, keys: string[], waitsFor: string): void {
      const [key = null, secondKey = null] = keys
      const { line, offset } = source
      const raw = Buffer.from(source.raw, 'latin1')
      insert.run(jobId, record, line, offset, key, secondKey, waitsFor, raw)
    },
    /** Marks the records retried in vain for another retry. */
    hopeAgain: () => void hopeAgain.run(jobId),
    freeAll: (waitsFor: string) => void freeAll.run(jobId, waitsFor),
    freeFirst(waitsFor: string): void {
      const record = first.get(jobId, waitsFor)
      if (record !== undefined) freeOne.run(jobId, record)
    },
  }
}
