import type Sqlite from 'better-sqlite3'
import type { RecordOutcome, Row, WritePlan } from '../../../../domain/records/record.ts'
import type { ReconcileRule } from '../../../../domain/reconcile/decide.ts'
import { keyBytesOf, fieldsOfBytes, type RecordKey } from '../../../../domain/reconcile/key.ts'
import type { Keys } from '../../statements/seen-keys.ts'
import { BEHIND, HELD_BY, IN_VAIN, postponedRows } from './postponed.ts'
import { openSelfReferences, type RowEvent } from './self-references.ts'
import type { Statements } from '../../statements/statements.ts'

/** Outcomes that may create a row that another record waits for. */
const CHANGES: RecordOutcome['kind'][] = ['inserted', 'updated', 'deleted']

export type Postponing = ReturnType<typeof openPostponing>

/**
 * Postpones records that fail because of other rows of the same table that a later record may
 * change. What each waits for is stored with it, and it is retried once that has happened.
 * Undefined where the table has no foreign key to itself.
 */
export function openPostponing(
  handle: Sqlite.Database,
  plan: WritePlan,
  { rule, keys, statements }: { rule: ReconcileRule; keys: Keys; statements: Statements },
) {
  const references = openSelfReferences(handle, plan)
  if (references === undefined) return undefined
  const rows = postponedRows(handle, plan.jobId)
  const areBytes = fieldsOfBytes(plan)
  const keep = (row: Row, waitsFor: string) => rows.add(row, keys.idsOf(row.values), waitsFor)

  /** The found row, with the record's values. */
  const changed = (found: Row['values'], { values }: Row) =>
    found.map((old, at) => {
      const value = values[at]
      if (value === undefined) return old
      return areBytes[at] ? keyBytesOf(value) : value
    })
  const wantedBy = (kind: RowEvent, row: Row): string | undefined => {
    const key = rule.keyOf(row)
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

  return {
    /** Whether the record was postponed because an earlier record with its key is. */
    isBehind(row: Row, key: RecordKey): boolean {
      const id = keys.idOf(key)
      if (!rows.hasEarlier(id, row.record)) return false
      keep(row, BEHIND + id)
      return true
    },
    /** Whether the record, which a foreign key refused, was postponed. */
    isKept(kind: RowEvent, row: Row): boolean {
      const { attempt } = row.source
      if (attempt === 'last' || attempt === 'refused') return false
      const wanted = wantedBy(kind, row)
      if (wanted !== undefined) keep(row, attempt === 'unsure' ? IN_VAIN + wanted : wanted)
      return wanted !== undefined
    },
    /** Frees the records that waited for this one. */
    settle({ values, source }: Row, { kind }: RecordOutcome): void {
      if (!rows.isAny()) return
      if (source.attempt !== 'first' && CHANGES.includes(kind)) rows.hopeAgain()
      for (const id of keys.idsOf(values)) {
        rows.freeFirst(BEHIND + id)
        rows.freeAll(HELD_BY + id)
      }
      if (kind === 'rejected') return
      for (const brought of references.broughtBy(values)) rows.freeAll(brought)
    },
  }
}
