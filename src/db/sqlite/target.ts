import type Sqlite from 'better-sqlite3'
import type { Outcome, Row, Target, Violation, WritePlan } from '../target.ts'
import { actsOf, type Act } from './acts.ts'
import { attempts, type Means } from './attempts.ts'
import { openDeferred } from './deferred.ts'
import { openGroups, UnforeseenWrite } from './groups.ts'
import { openKeys } from './keys.ts'
import { merge, textOf } from './merge.ts'
import { openSavepoint } from './savepoint.ts'
import { fieldsOfBytes, prepareStatements, type Statements } from './statements.ts'
import { usable } from './usable.ts'
import { closeLook, plainLook } from './watch/look.ts'
import { rulesOf, type Rules } from './watch/rules.ts'
import { changeTriggers } from './watch/triggers.ts'

/**
 * Applies records one by one, as their order demands. Where every record of a group is new, which
 * one statement with many rows finds out, it writes the group at once: the outcome is the same.
 * Where triggers or foreign keys act on the table there are no groups, and each record is looked at.
 */
export function openTarget(handle: Sqlite.Database, plan: WritePlan): Target {
  const schemaVersion = handle.prepare<[], number>('pragma schema_version').pluck()
  const savepoint = openSavepoint(handle, 'tallyman_rows')
  const { name } = plan.table
  const open = (version: number | undefined, more: Partial<Rules> = {}): Opened => {
    const rules = { ...rulesOf(handle, name), ...more }
    return { version, write: usable(handle, name, () => openWriter(handle, plan, rules)) }
  }
  let opened = open(schemaVersion.get())

  return {
    apply(_trx, rows) {
      // Somebody may have made a trigger meanwhile; nobody can as long as the transaction lasts.
      const version = schemaVersion.get()
      if (opened.version !== version) opened = open(version)
      savepoint.begin()
      let outcomes: Outcome[]
      try {
        outcomes = opened.write(rows)
      } catch (error) {
        if (!(error instanceof UnforeseenWrite)) throw error
        savepoint.undo()
        opened = open(version, { isActedOn: true })
        outcomes = opened.write(rows)
      }
      savepoint.end()
      return Promise.resolve(outcomes)
    },
  }
}

type RowsWriter = (rows: Row[]) => Outcome[]
/** How rows are written as long as the schema is of that version. */
type Opened = { version: number | undefined; write: RowsWriter }

function openWriter(handle: Sqlite.Database, plan: WritePlan, rules: Rules): RowsWriter {
  const triggers = rules.isActedOn ? changeTriggers(handle, plan.table) : undefined
  const { identity = [] } = triggers ?? {}
  const hasClauses = rules.clauses.size > 0
  const statements = prepareStatements(handle, plan, { or: hasClauses ? 'or abort' : '', identity })
  const deferred = openDeferred(handle, plan)
  const apply = recordWriter(handle, plan, statements, {
    look: triggers === undefined ? plainLook() : closeLook(handle, plan, rules, triggers),
    isUndoable: triggers !== undefined,
    deferred,
    strict: statements,
    // A conflict that rolls back would take the whole batch with it.
    lenient:
      hasClauses && !rules.clauses.has('rollback')
        ? prepareStatements(handle, plan, { or: '', identity })
        : undefined,
  })
  const { group } = statements
  const isPlain = triggers === undefined && deferred === undefined
  const groups = isPlain && group !== undefined ? openGroups(handle, plan, group) : undefined

  return (rows) => {
    const size = groups?.size ?? Math.max(1, rows.length)
    const outcomes: Outcome[] = []
    triggers?.begin()
    for (let at = 0; at < rows.length; at += size) {
      const isIn = groups?.insert(rows, at) ?? false
      const end = Math.min(at + size, rows.length)
      for (const row of rows.slice(at, end)) outcomes.push(isIn ? INSERTED : apply(row))
    }
    // After an error they go with the transaction.
    triggers?.end()
    return outcomes
  }
}

const INSERTED: Outcome = { kind: 'inserted' }

/** The rule itself, for one record: double? found? then the operation. */
function recordWriter(
  handle: Sqlite.Database,
  plan: WritePlan,
  statements: Statements,
  means: Means,
) {
  const keys = openKeys(handle, plan)
  const acts = actsOf(plan)
  const attempt = attempts(handle, plan, means)
  const areBytes = fieldsOfBytes(plan)

  return (row: Row): Outcome => {
    const key = statements.keyOf(row)
    if (key === 'empty') return rejectKey(plan, row)
    if (key === undefined) return write(row, acts.insertion)

    const shown = key.values.map(textOf).join(', ')
    const seen = keys.has(key)
    if (plan.doubles !== 'update') {
      if (seen) {
        return plan.doubles === 'ignore'
          ? { kind: 'double' }
          : { ...reject(plan.key[0] ?? null, 'TLY-3007', { key: shown }), counts: 'double' }
      }
      keys.add(row.values)
    }

    const found = statements.find(key)
    if (found === 'several') return reject(plan.key[0] ?? null, 'TLY-3009', { key: shown })
    if (found === undefined) {
      if (plan.operation !== 'insert' && plan.operation !== 'insert_or_update') return IGNORED
      const outcome = write(row, acts.insertion)
      if (plan.doubles === 'update' && outcome.kind === 'inserted') keys.add(row.values)
      return outcome
    }

    // A row that this very job inserted is a double, not a duplicate.
    const isOwn = plan.doubles === 'update' && seen
    const isKept = !isOwn && plan.duplicates !== 'update'
    const after = isKept || !changesRows(plan) ? undefined : merge(plan, found, row, areBytes)
    if (plan.doubles !== 'update' || isOwn) keys.add(after?.values ?? found)

    if (isKept && plan.duplicates === 'ignore') return { kind: 'duplicate' }
    if (isKept) {
      return { ...reject(plan.key[0] ?? null, 'TLY-3008', { key: shown }), counts: 'duplicate' }
    }
    if (plan.operation === 'reconcile') return { kind: 'reconciled' }
    if (plan.operation === 'delete') return write(row, () => acts.deletion(key, found))
    return write(row, (left) => acts.update(key, found, left))
  }

  /** A field that the database refuses and that may be left out is left out, and the rest tried again. */
  function write(
    row: Row,
    actOf: (row: Row) => Act | undefined,
    warnings: Violation[] = [],
  ): Outcome {
    const act = actOf(row)
    if (act === undefined) return outcomeOf('unchanged', warnings)
    const tried = attempt(act)
    if (!('refused' in tried)) {
      return outcomeOf(tried.isDone ? act.kind : 'ignored', [...warnings, ...tried.warnings])
    }

    const { refused } = tried
    const at = plan.fields.indexOf(refused.field ?? '')
    if (plan.options[at]?.onError !== 'warn' || row.values[at] === undefined) {
      return { kind: 'rejected', counts: null, ...refused }
    }
    const left = { ...row, values: row.values.with(at, undefined) }
    return write(left, actOf, [...warnings, refused])
  }
}

type Written = Extract<Outcome, { warnings?: unknown }>

function outcomeOf(kind: Written['kind'], warnings: Violation[]): Outcome {
  return warnings.length === 0 ? { kind } : { kind, warnings }
}

function changesRows({ operation }: WritePlan): boolean {
  return operation !== 'reconcile' && operation !== 'delete'
}

const IGNORED: Outcome = { kind: 'ignored' }

type Rejected = Extract<Outcome, { kind: 'rejected' }>

function reject(
  field: string | null,
  code: Rejected['message']['code'],
  params: Rejected['message']['params'],
): Rejected {
  return { kind: 'rejected', counts: null, field, message: { code, params } }
}

/** By the fields that are empty: of a second key as well, which would have served it. */
function rejectKey({ key, secondKey, fields }: WritePlan, { values }: Row): Rejected {
  const empty = [...key, ...secondKey].filter(
    (field) => (values[fields.indexOf(field)] ?? null) === null,
  )
  return reject(empty[0] ?? null, 'TLY-3006', { fields: empty.join(', ') })
}
