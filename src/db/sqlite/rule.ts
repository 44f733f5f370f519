import type { MessageCode } from '../../domain/messages.ts'
import type { RecordOutcome, Row, Violation, WritePlan } from '../../domain/record.ts'
import { actsOf, type Act } from './acts.ts'
import { alsoEmpty, alsoWrongFor } from './also-wrong.ts'
import type { Tried } from './attempts.ts'
import { emptyKey } from './empty-key.ts'
import type { Keys } from './keys.ts'
import { merge, shownText } from './merge.ts'
import type { Postponing } from './postpone.ts'
import { fieldsOfBytes, type Key, type Statements } from './statements.ts'

type Means = {
  statements: Statements
  keys: Keys
  postponing: Postponing
  attempt: (act: Act) => Tried
}

/** The rule itself, for one record: double? found? then the operation. */
export function ruleFor(
  plan: WritePlan,
  { statements, keys, postponing, attempt }: Means,
): (row: Row) => RecordOutcome {
  const acts = actsOf(plan)
  const areBytes = fieldsOfBytes(plan)
  const alsoWrong = alsoWrongFor(plan, statements)
  /** Rows whose keys are remembered once the record is settled. */
  const noted: Row['values'][] = []

  return (row) => {
    if (row.unfit !== undefined) return { kind: 'unfit', others: alsoWrong(row) }
    noted.length = 0
    const outcome = apply(row)
    if (outcome.kind === 'postponed') return outcome
    noted.forEach(keys.add)
    postponing?.settle(row, outcome)
    return outcome
  }

  function apply(row: Row): RecordOutcome {
    const key = statements.keyOf(row)
    if (key === 'empty') return { ...REJECTED, ...emptyKey(plan, row) }
    if (key === undefined) return write(row, acts.insertion)
    if (postponing?.isBehind(row, key) === true) return POSTPONED

    const seen = keys.has(key)
    if (plan.doubles !== 'update') {
      if (seen) {
        return plan.doubles === 'ignore'
          ? { kind: 'double' }
          : { ...reject(plan.key[0] ?? null, 'TLY-3007', shownKey(key)), counts: 'double' }
      }
      noted.push(row.values)
    }

    const found = statements.find(key)
    if (found === 'several') return reject(plan.key[0] ?? null, 'TLY-3009', shownKey(key))
    if (found === undefined) {
      if (plan.operation !== 'insert' && plan.operation !== 'insert_or_update') return IGNORED
      const outcome = write(row, acts.insertion)
      if (plan.doubles === 'update' && outcome.kind === 'inserted') noted.push(row.values)
      return outcome
    }

    // A row that this very job inserted is a double, not a duplicate.
    const isOwn = plan.doubles === 'update' && seen
    const isKept = !isOwn && plan.duplicates !== 'update'
    const after = isKept || !changesRows(plan) ? undefined : merge(plan, found, row, areBytes)
    if (plan.doubles !== 'update' || isOwn) noted.push(after?.values ?? found)

    if (isKept && plan.duplicates === 'ignore') return { kind: 'duplicate' }
    if (isKept) {
      return { ...reject(plan.key[0] ?? null, 'TLY-3008', shownKey(key)), counts: 'duplicate' }
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
  ): RecordOutcome {
    const act = actOf(row)
    if (act === undefined) return outcomeOf('unchanged', warnings)
    const tried = row.source.attempt === 'refused' ? REFUSED_AT_COMMIT : attempt(act)
    if (!('refused' in tried)) {
      return outcomeOf(tried.isDone ? act.kind : 'ignored', [...warnings, ...tried.warnings])
    }

    const { refused } = tried
    const isReference = REFERENCES.includes(refused.message.code)
    if (isReference && postponing?.isKept(act.kind, row) === true) return POSTPONED

    const at = plan.fields.indexOf(refused.field ?? '')
    if (plan.options[at]?.onError !== 'warn' || row.values[at] === undefined) {
      if (act.kind === 'deleted' && isReference) return { ...REJECTED, ...STILL_REFERRED_TO }
      // A field that must not be empty was left out for a reason: that is what is wrong with it.
      const cause = warnings.find(({ field }) => field === refused.field)
      return { ...REJECTED, ...(cause ?? refused), others: alsoEmpty(plan, act, refused) }
    }
    const left = { ...row, values: row.values.with(at, undefined) }
    return write(left, actOf, [...warnings, refused])
  }
}

type Written = Extract<RecordOutcome, { warnings?: unknown }>

function outcomeOf(kind: Written['kind'], warnings: Violation[]): RecordOutcome {
  return warnings.length === 0 ? { kind } : { kind, warnings }
}

function changesRows({ operation }: WritePlan): boolean {
  return operation !== 'reconcile' && operation !== 'delete'
}

const REFERENCES: MessageCode[] = ['TLY-3005', 'TLY-3012']
const STILL_REFERRED_TO: Violation = { field: null, message: { code: 'TLY-3012', params: {} } }
const REFUSED_AT_COMMIT: Tried = {
  refused: {
    field: null,
    message: { code: 'TLY-3005', params: { detail: 'FOREIGN KEY constraint failed' } },
  },
}
const REJECTED = { kind: 'rejected', counts: null } as const
const IGNORED: RecordOutcome = { kind: 'ignored' }
const POSTPONED: RecordOutcome = { kind: 'postponed' }

type Rejected = Extract<RecordOutcome, { kind: 'rejected' }>

function reject(
  field: string | null,
  code: Rejected['message']['code'],
  params: Rejected['message']['params'],
): Rejected {
  return { kind: 'rejected', counts: null, field, message: { code, params } }
}

function shownKey({ values }: Key): { key: string } {
  return { key: values.map(shownText).join(', ') }
}
