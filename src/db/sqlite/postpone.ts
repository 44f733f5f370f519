import type Sqlite from 'better-sqlite3'
import type { Outcome, Row, WritePlan } from '../target.ts'
import type { Keys } from './keys.ts'
import { openSelfReferences, type Written } from './self-references.ts'
import { bytesOf, fieldsOfBytes, type Key, type Statements } from './statements.ts'

/** Before what a record waits for that was tried since anything was written, in vain. */
const IN_VAIN = '!'
/** Before the key of the earlier record that one comes behind. */
const BEHIND = '<'
/** What sorts behind it may be there without a record that told of it: a trigger or a column made it. */
export const UNSURE = '='
/** Before the key of the record whose row must go first. */
const HELD_BY = '>'
/** What may bring a row that another record waits for. */
const CHANGES: Outcome['kind'][] = ['inserted', 'updated', 'deleted']

export type Postponing = ReturnType<typeof openPostponing>

/**
 * Keeps records that fail because they refer to rows of the same table that may come later in the
 * file. Undefined where the table does not refer to itself.
 */
export function openPostponing(
  handle: Sqlite.Database,
  plan: WritePlan,
  { keys, statements }: { keys: Keys; statements: Statements },
) {
  const references = openSelfReferences(handle, plan)
  if (references === undefined) return undefined
  const { jobId } = plan
  const areBytes = fieldsOfBytes(plan)
  const isEarlier = handle.prepare(
    `select 1 from tallyman_postponed where job_id = ? and key = ? and record < ?
     union all
     select 1 from tallyman_postponed where job_id = ? and second_key = ? and record < ? limit 1`,
  )
  const isAny = handle.prepare('select 1 from tallyman_postponed where job_id = ? limit 1')
  const insert = handle.prepare(
    `insert into tallyman_postponed (job_id, record, line, "offset", key, second_key, waits_for, raw)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const wakeAll = handle.prepare(
    'update tallyman_postponed set waits_for = null where job_id = ? and waits_for = ?',
  )
  const hopeAgain = handle.prepare(
    `update tallyman_postponed set waits_for = substr(waits_for, 2)
     where job_id = ? and waits_for >= '${IN_VAIN}' and waits_for < '${BEHIND}'`,
  )
  const wakeOne = handle.prepare(
    'update tallyman_postponed set waits_for = null where job_id = ? and record = ?',
  )
  const firstBehind = handle
    .prepare<[number, string], number>(
      `select record from tallyman_postponed where job_id = ? and waits_for = ?
       order by record limit 1`,
    )
    .pluck()

  const keep = ({ record, values, source }: Row, waitsFor: string): void => {
    const { line, offset, raw } = source
    const [key = null, secondKey = null] = keys.idsOf(values)
    const bytes = Buffer.from(raw, 'latin1')
    insert.run(jobId, record, line, offset, key, secondKey, waitsFor, bytes)
  }
  const wantedBy = (kind: Written, row: Row): string | undefined => {
    const key = statements.keyOf(row)
    const found = key === undefined || key === 'empty' ? undefined : statements.find(key)
    if (key === undefined || key === 'empty' || found === undefined || found === 'several') {
      return references.missing(kind, row.values)
    }
    const after = kind === 'deleted' ? undefined : changed(found, row)
    const missing = after && references.missing(kind, after)
    if (missing !== undefined) return missing
    const holder = references.holderOf(key, found, after)
    const [id] = holder === undefined ? [] : keys.idsOf(holder)
    return id === undefined ? undefined : HELD_BY + id
  }
  const changed = (found: Row['values'], { values }: Row) =>
    found.map((old, at) => {
      const value = values[at]
      if (value === undefined) return old
      return areBytes[at] ? bytesOf(value) : value
    })

  return {
    /** Whether the record was kept because an earlier one of its key is still to come. */
    isBehind(row: Row, key: Key): boolean {
      const id = keys.idOf(key)
      const { record } = row
      if (isEarlier.get(jobId, id, record, jobId, id, record) === undefined) return false
      keep(row, BEHIND + id)
      return true
    },
    /** Whether the record, whose write a foreign key refused, was kept to be tried again. */
    isKept(kind: Written, row: Row): boolean {
      const { attempt } = row.source
      if (attempt === 'last' || attempt === 'refused') return false
      const wanted = wantedBy(kind, row)
      if (wanted !== undefined) keep(row, attempt === 'unsure' ? IN_VAIN + wanted : wanted)
      return wanted !== undefined
    },
    /** Lets those be tried again that waited for a record. */
    settle({ values, source }: Row, { kind }: Outcome): void {
      if (isAny.get(jobId) === undefined) return
      if (source.attempt !== 'first' && CHANGES.includes(kind)) hopeAgain.run(jobId)
      for (const id of keys.idsOf(values)) {
        const next = firstBehind.get(jobId, BEHIND + id)
        if (next !== undefined) wakeOne.run(jobId, next)
        wakeAll.run(jobId, HELD_BY + id)
      }
      if (kind === 'rejected') return
      for (const brought of references.broughtBy(values)) wakeAll.run(jobId, brought)
    },
  }
}
