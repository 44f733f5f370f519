import type Sqlite from 'better-sqlite3'
import type { Outcome, Row, Target, Value, Violation, WritePlan } from '../target.ts'
import { attempts } from './attempts.ts'
import { violationOf } from './constraint.ts'
import { openDeferred, type Deferred } from './deferred.ts'
import { openKeys, type Keys } from './keys.ts'
import { openPostponing, type Postponing } from './postpone.ts'
import { bytesOf, fieldsOfBytes, prepareStatements, type Statements } from './statements.ts'

const MAX_PATIENCE = 64

/**
 * Applies records one by one, as their order demands. Where every record of a group is new, which
 * one statement with many rows finds out, it writes the group at once: the outcome is the same.
 */
export function openTarget(handle: Sqlite.Database, plan: WritePlan): Target {
  const statements = prepareStatements(handle, plan)
  const deferred = openDeferred(handle, plan)
  const keys = openKeys(handle, plan)
  const postponing = openPostponing(handle, plan, { keys, statements })
  const apply = recordWriter(handle, plan, { statements, deferred, keys, postponing })
  // Within a group, a row may refer to one behind it: what goes in would depend on where it ends.
  const isGrouped = deferred === undefined && postponing === undefined
  const group = isGrouped ? statements.group : undefined
  // A group that failed costs twice: after one, as many groups as doubling allows go record by record.
  let patience = 0
  let wait = 0

  /** Whether all the rows from `at` on that make a group were new, and are in. */
  const insertsGroup = (rows: Row[], at: number): boolean => {
    if (group === undefined || at + group.size > rows.length) return false
    if (wait > 0) {
      wait--
      return false
    }
    const isIn = group.fit(rows, at) && inserts(() => group.insert(rows, at))
    patience = isIn ? 0 : Math.min(MAX_PATIENCE, patience * 2 + 1)
    wait = patience
    return isIn
  }

  return {
    apply(_trx, rows) {
      const size = group?.size ?? Math.max(1, rows.length)
      const outcomes: Outcome[] = []
      for (let at = 0; at < rows.length; at += size) {
        const isIn = insertsGroup(rows, at)
        const end = Math.min(at + size, rows.length)
        for (const row of rows.slice(at, end)) outcomes.push(isIn ? INSERTED : apply(row))
      }
      return Promise.resolve(outcomes)
    },
  }

  function inserts(insert: () => void): boolean {
    try {
      insert()
      return true
    } catch (error) {
      violationOf(error, plan, handle)
      return false
    }
  }
}

const INSERTED: Outcome = { kind: 'inserted' }

type Means = {
  statements: Statements
  deferred: Deferred | undefined
  keys: Keys
  postponing: Postponing
}

/** The rule itself, for one record: double? found? then the operation. */
function recordWriter(
  handle: Sqlite.Database,
  plan: WritePlan,
  { statements, deferred, keys, postponing }: Means,
) {
  /** Rows whose keys are remembered once the record is settled. */
  const noted: Row['values'][] = []
  const attempt = attempts(handle, plan, deferred)
  const areBytes = fieldsOfBytes(plan)

  return (row: Row): Outcome => {
    noted.length = 0
    const outcome = apply(row)
    if (outcome.kind === 'postponed') return outcome
    noted.forEach(keys.add)
    postponing?.settle(row, outcome)
    return outcome
  }

  function apply(row: Row): Outcome {
    const key = statements.keyOf(row)
    if (key === 'empty') return reject(plan.key[0] ?? null, 'TLY-3006', {})
    if (key === undefined) return write('inserted', row, statements.insert)
    if (postponing?.isBehind(row, key) === true) return POSTPONED

    const shown = key.values.map(textOf).join(', ')
    const seen = keys.has(key)
    if (plan.doubles !== 'update') {
      if (seen) {
        return plan.doubles === 'ignore'
          ? { kind: 'double' }
          : { ...reject(plan.key[0] ?? null, 'TLY-3007', { key: shown }), counts: 'double' }
      }
      noted.push(row.values)
    }

    const found = statements.find(key)
    if (found === 'several') return reject(plan.key[0] ?? null, 'TLY-3009', { key: shown })
    if (found === undefined) {
      if (plan.operation !== 'insert' && plan.operation !== 'insert_or_update') return IGNORED
      const outcome = write('inserted', row, statements.insert)
      if (plan.doubles === 'update' && outcome.kind === 'inserted') noted.push(row.values)
      return outcome
    }

    // A row that this very job inserted is a double, not a duplicate.
    const isOwn = plan.doubles === 'update' && seen
    const isKept = !isOwn && plan.duplicates !== 'update'
    const after = isKept || !changesRows(plan) ? undefined : merge(plan, found, row, areBytes)
    if (plan.doubles !== 'update' || isOwn) noted.push(after ?? found)

    if (isKept && plan.duplicates === 'ignore') return { kind: 'duplicate' }
    if (isKept) {
      return { ...reject(plan.key[0] ?? null, 'TLY-3008', { key: shown }), counts: 'duplicate' }
    }
    if (plan.operation === 'reconcile') return { kind: 'reconciled' }
    if (plan.operation === 'delete')
      return write('deleted', row, () => {
        statements.delete(key)
        return found
      })
    if (after === undefined) return { kind: 'unchanged' }
    return write('updated', row, (left) => {
      const merged = merge(plan, found, left, areBytes)
      if (merged !== undefined) statements.update(merged, key)
      return merged ?? found
    })
  }

  /** A field that the database refuses and that may be left out is left out, and the rest tried again. */
  function write(
    kind: 'inserted' | 'updated' | 'deleted',
    row: Row,
    run: (row: Row) => Row['values'],
    warnings: Violation[] = [],
  ): Outcome {
    const violation = attempt(kind, () => run(row))
    if (violation === undefined) return warnings.length === 0 ? { kind } : { kind, warnings }
    const isReference = violation.message.code === 'TLY-3005'
    if (isReference && postponing?.isKept(kind, row) === true) return POSTPONED

    const at = plan.fields.indexOf(violation.field ?? '')
    if (plan.options[at]?.onError !== 'warn' || (row.values[at] ?? null) === null) {
      return { kind: 'rejected', counts: null, ...violation }
    }
    const left = { ...row, values: row.values.with(at, undefined) }
    return write(kind, left, run, [...warnings, violation])
  }
}

function changesRows({ operation }: WritePlan): boolean {
  return operation !== 'reconcile' && operation !== 'delete'
}

const IGNORED: Outcome = { kind: 'ignored' }
const POSTPONED: Outcome = { kind: 'postponed' }

type Rejected = Extract<Outcome, { kind: 'rejected' }>

function reject(
  field: string | null,
  code: Rejected['message']['code'],
  params: Rejected['message']['params'],
): Rejected {
  return { kind: 'rejected', counts: null, field, message: { code, params } }
}

/** The row as it shall be, or undefined where it is that already. */
function merge(
  { options }: WritePlan,
  stored: Value[],
  row: Row,
  areBytes: boolean[],
): Value[] | undefined {
  let changed = false
  const merged = stored.map((old, index) => {
    const given = row.values[index]
    const value = areBytes[index] && given !== undefined ? bytesOf(given) : given
    const option = options[index]
    const keeps =
      value === undefined ||
      option?.onlyOnInsert === true ||
      (option?.onlyIfEmpty === true && old !== null && old !== '')
    if (keeps || isEqual(old, value)) return old
    changed = true
    return value
  })
  return changed ? merged : undefined
}

/** Bytes are shown as they were written. */
function textOf(value: Value): string {
  return Buffer.isBuffer(value) ? value.toString('hex') : String(value)
}

/** Stored integers come as bigint; a column without a type of its own may hold a number for a text. */
function isEqual(stored: Value, value: Value): boolean {
  if (stored === null || value === null) return stored === value
  if (Buffer.isBuffer(stored) || Buffer.isBuffer(value)) {
    return Buffer.isBuffer(stored) && Buffer.isBuffer(value) && stored.equals(value)
  }
  return typeof stored === 'string' && typeof value === 'string'
    ? stored === value
    : String(stored) === String(value)
}
