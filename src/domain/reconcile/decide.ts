import type { Message } from '../words/messages.ts'
import type { RecordOutcome, Row, Value, WritePlan } from '../records/record.ts'
import {
  keyBytesOf,
  emptyKey,
  fieldsOfBytes,
  keyReader,
  type KeyOf,
  type RecordKey,
} from './key.ts'
import { merge, shownText } from './merge.ts'

/** The change of one row that a record asks for. */
export type Action = {
  /**
   * `asked` holds the values that the record gives; `values` what the statement writes or deletes.
   */
  asked: Row['values']
  values: Row['values']
} & (
  | { kind: 'inserted'; key?: undefined; found?: undefined }
  /** `found` is the row before the change. */
  | { kind: 'updated' | 'deleted'; key: RecordKey; found: Value[] }
)

/**
 * What is known about a record's key: the row that has it, and whether an earlier record had it.
 */
export type KeyFindings = { found: Value[] | 'several' | undefined; seen: boolean }

export type Decision = ({ action: Action } | { outcome: RecordOutcome }) & {
  /** Rows whose keys mark later records as doubles. */
  remembered: Row['values'][]
}

export type ReconcileRule = {
  keyOf: KeyOf
  /**
   * Decides about a record: an action, or an outcome without one. `key` comes from `keyOf`; a
   * record that is retried without one of its fields keeps its key.
   */
  decide(row: Row, key: ReturnType<KeyOf>, known: KeyFindings): Decision
}

/**
 * Reconciliation: the one rule that turns a record of a source into a change of a table, the same
 * for every database. It is pure; a driver finds the row of the key, executes the action, and
 * remembers the keys.
 *
 * Keys are remembered whatever the result of the action. Only where doubles update, they are
 * remembered if it succeeds, because a failed record leaves nothing to update.
 */
export function reconcileRuleOf(plan: WritePlan): ReconcileRule {
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

      // A row that this job itself inserted is a double, not a duplicate.
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
    // An empty value is left out, so that the column's default or a trigger can fill it.
    const asked = row.values.map((value, at) => {
      if (value === undefined || value === null) return undefined
      return areBytes[at] ? keyBytesOf(value) : value
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
