import type { Message } from '../words/messages.ts'
import type { RecordOutcome, Row, Value, WritePlan } from '../records/record.ts'
import { bytesOf, emptyKey, fieldsOfBytes, keyReader, type KeyOf, type RecordKey } from './key.ts'
import { merge, shownText } from './merge.ts'

/** What a record asks for, of one row of the table. */
export type Action = {
  /** The row's fields: what the record asks them to be, and what the statement writes or takes away. */
  asked: Row['values']
  values: Row['values']
} & (
  | { kind: 'inserted'; key?: undefined; found?: undefined }
  /** `found` is the row as it was. */
  | { kind: 'updated' | 'deleted'; key: RecordKey; found: Value[] }
)

/** What is known of a record's key: the row that has it, and whether an earlier record had it. */
export type Known = { found: Value[] | 'several' | undefined; seen: boolean }

export type Decision = ({ action: Action } | { outcome: RecordOutcome }) & {
  /** Rows by whose keys later records are known as doubles of this one. */
  remembered: Row['values'][]
}

export type Rule = {
  keyOf: KeyOf
  /**
   * What is to become of a record: an action, or what it comes to without one. `key` is its own as
   * `keyOf` tells it; a record that is tried again with a field less keeps it.
   */
  decide(row: Row, key: ReturnType<KeyOf>, known: Known): Decision
}

/**
 * Reconciliation: the one rule by which a record of a source becomes a change of a table, the same
 * for every database. It knows nothing but its arguments; a driver finds the row of the key, takes
 * the action, and remembers.
 *
 * What is remembered is remembered whatever becomes of the action; where doubles update, only if
 * it is done, since a record that failed is nothing that a later one could update.
 */
export function ruleOf(plan: WritePlan): Rule {
  const { operation, doubles, duplicates } = plan
  const keyOf = keyReader(plan)
  const areBytes = fieldsOfBytes(plan)
  const changesRows = operation !== 'reconcile' && operation !== 'delete'
  const inserts = operation === 'insert' || operation === 'insert_or_update'

  return {
    keyOf,
    decide(row, key, { found, seen }) {
      if (key === undefined) return { action: insertion(row), remembered: [] }
      if (key === 'empty') return settled({ ...REJECTED, ...emptyKey(plan, row) })
      if (seen && doubles !== 'update') return settled(double(key))

      const own = [row.values]
      const remembered = doubles === 'update' ? [] : own
      if (found === 'several') return settled(rejected(key, 'TLY-3009', null), remembered)
      if (found === undefined) {
        return inserts
          ? { action: insertion(row), remembered: own }
          : settled({ kind: 'ignored' }, remembered)
      }

      // A row that this very job inserted is a double, not a duplicate.
      const isOwn = doubles === 'update' && seen
      const merged = changesRows ? merge(plan, found, row, areBytes) : undefined
      const known = doubles !== 'update' || isOwn
      if (!isOwn && duplicates !== 'update') {
        return settled(duplicate(key), known ? [...remembered, found] : remembered)
      }
      const all = known ? [...remembered, merged?.values ?? found] : remembered
      if (operation === 'reconcile') return settled({ kind: 'reconciled' }, all)
      if (merged === undefined) return { action: deletion(key, found), remembered: all }
      if (!merged.isChanged) return settled({ kind: 'unchanged' }, all)
      const { asked, values } = merged
      return { action: { kind: 'updated', key, found, asked, values }, remembered: all }
    },
  }

  function insertion(row: Row): Action {
    // What is empty may get the column's default, or what a trigger puts there.
    const asked = row.values.map((value, at) => {
      if (value === undefined || value === null) return undefined
      return areBytes[at] ? bytesOf(value) : value
    })
    return { kind: 'inserted', asked, values: row.values }
  }

  function double(key: RecordKey): RecordOutcome {
    return doubles === 'ignore' ? { kind: 'double' } : rejected(key, 'TLY-3007', 'double')
  }

  function duplicate(key: RecordKey): RecordOutcome {
    return duplicates === 'ignore' ? { kind: 'duplicate' } : rejected(key, 'TLY-3008', 'duplicate')
  }

  function rejected(
    { values }: RecordKey,
    code: Message['code'],
    counts: 'double' | 'duplicate' | null,
  ): RecordOutcome {
    const params = { key: values.map(shownText).join(', ') }
    return { kind: 'rejected', counts, field: plan.key[0] ?? null, message: { code, params } }
  }
}

function deletion(key: RecordKey, found: Value[]): Action {
  return { kind: 'deleted', key, found, asked: [], values: found }
}

function settled(outcome: RecordOutcome, remembered: Row['values'][] = []): Decision {
  return { outcome, remembered }
}

const REJECTED = { kind: 'rejected', counts: null } as const
