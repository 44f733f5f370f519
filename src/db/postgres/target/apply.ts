import type { Decision, KeyFindings, ReconcileRule } from '../../../domain/reconcile/decide.ts'
import type { RecordKey } from '../../../domain/reconcile/key.ts'
import { emptyKey } from '../../../domain/reconcile/key.ts'
import type { MessageCode } from '../../../domain/words/messages.ts'
import type { RecordOutcome, Row, Violation } from '../../../domain/records/record.ts'
import { attemptAll, type TrialResult } from './attempt.ts'
import { valueMisfit } from './misfit.ts'
import { emptyFields } from '../statements/empty-fields.ts'
import { followUp } from './follow-up.ts'
import { findRows } from '../statements/find.ts'
import { areIndependent, runsOf } from './order/runs.ts'
import type { FoundRow, KeyedRow, Planned } from '../statements/planned.ts'
import { roundsOf, segmentOf } from './order/segments.ts'
import { openPostponing, type PostponingRecords } from './references/postponing.ts'
import type { TargetSession } from './foresight.ts'

const REFERENCES: MessageCode[] = ['TLY-3005', 'TLY-3012']

/** Applies the rule to a chunk of records: as many at once as do not depend on each other. */
export async function applyRows(session: TargetSession, rows: Row[]): Promise<RecordOutcome[]> {
  const { plan, rule, keys, ids } = session
  const outcomes = new Map<Row, RecordOutcome>()
  await ids.learn(rows.map(({ values }) => values))
  const all = rows.map((row) => ({ row, key: keyOf(rule, row) }))
  if (keys.isNeeded) await keys.load(all.flatMap(({ row }) => ids.idsOf(row.values)))
  const postponing = await openPostponing(session)
  if (postponing !== undefined) {
    for (const one of all) await applyInOrder(session, postponing, one, outcomes)
  } else if (plan.doubles === 'update' && areIndependent(session)) {
    for (const round of roundsOf(all, ids)) await applySegment(session, round, outcomes)
  } else {
    for (let at = 0; at < all.length;) {
      const length = segmentOf(plan, all.slice(at), ids)
      at += await applySegment(session, all.slice(at, at + length), outcomes)
    }
  }
  await keys.save()
  return rows.map((row) => outcomes.get(row) ?? { kind: 'ignored' })
}

/** What a record refers to may be the one before it, or come later. */
async function applyInOrder(
  session: TargetSession,
  postponing: NonNullable<PostponingRecords>,
  one: Pending,
  outcomes: Map<Row, RecordOutcome>,
): Promise<void> {
  const { row } = one
  if (row.unfit !== undefined) return void (await applySegment(session, [one], outcomes))
  if (isKeyed(one) && (await postponing.isBehind(row, one.key))) {
    outcomes.set(row, { kind: 'postponed' })
    return
  }
  await applySegment(session, [one], outcomes, postponing)
  const outcome = outcomes.get(row)
  if (outcome !== undefined && outcome.kind !== 'postponed') await postponing.settle(row, outcome)
}

type OwnKey = ReturnType<ReconcileRule['keyOf']>
type Pending = { row: Row; key: OwnKey }

function keyOf({ keyOf: read }: ReconcileRule, row: Row): OwnKey {
  const { unfit = [] } = row
  return unfit.length > 0 && read(row) === 'empty' ? undefined : read(row)
}

function isKeyed(one: Pending): one is KeyedRow {
  return typeof one.key === 'object'
}

/** @returns the number settled: fewer where two of them found the same row by different keys */
async function applySegment(
  session: TargetSession,
  segment: Pending[],
  outcomes: Map<Row, RecordOutcome>,
  postponing?: PostponingRecords,
): Promise<number> {
  const keyed = segment.filter(isKeyed).filter((one) => keyMisfit(session, one) === undefined)
  const found = await findRows(session.client, session, keyed)
  const length = session.plan.secondKey.length === 0 ? segment.length : untilSameRow(segment, found)
  const planned: Planned[] = []
  const own = new Map<Row, Decision>()
  for (const one of segment.slice(0, length)) {
    const { row, key } = one
    const misfit = isKeyed(one) && row.unfit === undefined ? keyMisfit(session, one) : undefined
    if (misfit !== undefined) {
      outcomes.set(row, { kind: 'rejected', counts: null, ...misfit })
      continue
    }
    const known = knownOf(session, key, isKeyed(one) ? found.get(one) : undefined)
    if (row.unfit !== undefined) {
      outcomes.set(row, { kind: 'unfit', others: alsoWrong(session, row, known) })
      continue
    }
    const decide = (now: Row) => session.rule.decide(now, key, known)
    const decision = decide(row)
    own.set(row, decision)
    // Keys are remembered whatever the outcome, so later records find them.
    const isEarly = session.plan.doubles !== 'update' && postponing === undefined
    if (isEarly) remember(session, decision)
    if ('outcome' in decision) settle(row, decision.outcome)
    else {
      const isStaged = isKeyed(one) && found.get(one)?.isStaged === true
      planned.push({ origin: row, row, action: decision.action, isStaged, warnings: [], decide })
    }
  }
  for (const run of runsOf(session, planned)) await attemptAll({ ...session, settle: tried }, run)
  return length

  function settle(row: Row, outcome: RecordOutcome): void {
    outcomes.set(row, outcome)
    const decision = own.get(row)
    const isWritten = outcome.kind === 'inserted' || outcome.kind === 'updated'
    const isLate = session.plan.doubles !== 'update' && outcome.kind !== 'postponed'
    if ((isWritten || isLate) && decision !== undefined) remember(session, decision)
  }

  async function tried(one: Planned, result: TrialResult): Promise<void> {
    const { action, row } = one
    const isReference = 'refused' in result && REFERENCES.includes(result.refused.message.code)
    if (isReference && (await postponing?.isKept(action.kind, row)) === true) {
      return settle(one.origin, { kind: 'postponed' })
    }
    const next = followUp(session.plan, one, result)
    if ('again' in next) await attemptAll({ ...session, settle: tried }, [next.again])
    else settle(one.origin, next.outcome)
  }
}

/** A key value that its column can't hold finds no row. */
function keyMisfit(
  { plan, shape, canonical }: TargetSession,
  { row, key }: KeyedRow,
): Violation | undefined {
  for (const name of key.which === 0 ? plan.key : plan.secondKey) {
    const at = plan.fields.indexOf(name)
    const column = shape.fields[at]
    const misfit = column && valueMisfit(row.values[at], column, { shape, canonical })
    if (misfit !== undefined) return misfit
  }
  return undefined
}

function remember({ keys, ids }: TargetSession, { remembered }: Decision): void {
  if (!keys.isNeeded) return
  for (const values of remembered) keys.add(ids.idsOf(values))
}

function knownOf(
  { keys, ids }: TargetSession,
  key: OwnKey,
  found: FoundRow | undefined,
): KeyFindings {
  const isSeen = keys.isNeeded && key !== undefined && key !== 'empty' && keys.has(ids.idOf(key))
  return { found: found?.found, seen: isSeen }
}

function untilSameRow(segment: Pending[], found: Map<KeyedRow, FoundRow>): number {
  const places = new Map<string, RecordKey['which']>()
  const at = segment.findIndex((one) => {
    const place = isKeyed(one) ? found.get(one)?.place : undefined
    if (place === undefined || !isKeyed(one)) return false
    const which = places.get(place)
    places.set(place, which ?? one.key.which)
    return which !== undefined && which !== one.key.which
  })
  return at === -1 ? segment.length : at
}

/** A record's faults besides misfit values, as far as they show without those values. */
function alsoWrong({ plan, rule }: TargetSession, row: Row, known: KeyFindings): Violation[] {
  const { unfit = [] } = row
  if ([...plan.key, ...plan.secondKey].some((field) => unfit.includes(field))) return []
  const key = rule.keyOf(row)
  if (key === 'empty') return [emptyKey(plan, row)]
  const decision = rule.decide(row, key, known)
  if (!('action' in decision)) return []
  return emptyFields(plan, decision.action).filter(
    ({ field }) => field === null || !unfit.includes(field),
  )
}
