import type Sqlite from 'better-sqlite3'
import { trimEndOf } from '../../../domain/texts/shorten.ts'
import type { Value, WritePlan } from '../../../domain/records/record.ts'
import { collationOf } from '../tables/collation.ts'
import { keyBytesOf, fieldsOfBytes, type RecordKey } from '../../../domain/reconcile/key.ts'

export type Keys = ReturnType<typeof openKeys>

/**
 * The keys that a job must remember, stored in the database, since their number is unlimited. Two
 * keys are equal where the database finds the same rows by them.
 */
export function openKeys(handle: Sqlite.Database, plan: WritePlan) {
  const { jobId, fields, doubles, duplicates } = plan
  const isNeeded = doubles !== 'update' || duplicates !== 'update'
  const find = handle.prepare('select 1 from tallyman_key where job_id = ? and key = ?').pluck()
  const insert = handle.prepare('insert or ignore into tallyman_key (job_id, key) values (?, ?)')
  const keys = [plan.key, plan.secondKey].map((key) => ({
    at: key.map((field) => fields.indexOf(field)),
    canonical: key.map((field) => canonicalFor(handle, plan, field)),
  }))

  const idOf = (which: RecordKey['which'], values: Value[]): string => {
    const canonical = keys[which]?.canonical ?? []
    return JSON.stringify([which, ...values.map((value, at) => canonical[at]?.(value))])
  }
  const areBytes = fieldsOfBytes(plan)
  /** Ids of both keys of a row, so that either identifies it. */
  const idsOf = (row: (Value | undefined)[]): string[] =>
    ([0, 1] as const).flatMap((which) => {
      const values = (keys[which]?.at ?? []).map((index) => {
        const value = row[index] ?? null
        return areBytes[index] ? keyBytesOf(value) : value
      })
      return values.length > 0 && !values.includes(null) ? [idOf(which, values)] : []
    })
  return {
    /** A key's id, the same for all keys that the database treats as equal. */
    idOf: ({ which, values }: RecordKey) => idOf(which, values),
    idsOf,
    has: ({ which, values }: RecordKey) =>
      isNeeded && find.get(jobId, idOf(which, values)) !== undefined,
    add: (row: (Value | undefined)[]) => {
      if (isNeeded) for (const id of idsOf(row)) insert.run(jobId, id)
    },
  }
}

/** A canonical form, the same for all values of the field that the database treats as equal. */
export function canonicalFor(
  handle: Sqlite.Database,
  { table }: WritePlan,
  field: string,
): (value: Value) => string {
  const collation = collationOf(handle, table.name, field)
  return (value) => {
    const text = Buffer.isBuffer(value) ? value.toString('hex') : String(value)
    if (collation === 'NOCASE') return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    return collation === 'RTRIM' ? trimEndOf(text, ' ') : text
  }
}
