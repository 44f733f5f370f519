import type { PoolClient } from 'pg'
import type { Violation, WritePlan } from '../../../domain/records/record.ts'
import { isRefusal } from '../ground/sql-state.ts'
import { faultOf, type TableRight } from '../tables/usable.ts'
import type { CanonicalTexts } from '../statements/canonical-texts.ts'
import {
  afterTriggers,
  besides,
  changedFields,
  changesOf,
  isNothing,
  isTakenBack,
  ownOf,
  SWALLOWED,
  toldBesides,
  withoutOwn,
} from './side-effects.ts'
import type { Planned } from '../statements/planned.ts'
import { openPart } from '../statements/savepoint.ts'
import type { TableShape } from '../statements/shape.ts'
import { writeAll } from '../statements/statements.ts'
import type { Foresight } from './foresight.ts'
import { misfitOfAction } from './misfit.ts'
import { rowCopied } from './copied.ts'
import { violationOf, violationOfRule } from './violation.ts'

/** A refused record leaves no change; one that is not done was swallowed by the table. */
export type TrialResult = { refused: Violation } | { isDone: boolean; warnings: Violation[] }

export type AttemptMeans = {
  client: PoolClient
  plan: WritePlan
  shape: TableShape
  canonical: CanonicalTexts
  foresight: Foresight
  /** Called for each record; one that it tries again is told before later ones are tried. */
  settle: (one: Planned, tried: TrialResult) => Promise<void>
}

const RIGHTS: Record<Planned['action']['kind'], TableRight> = {
  inserted: 'INSERT',
  updated: 'UPDATE',
  deleted: 'DELETE',
}
/** The rows are few compared with the table: rules out joins that would scan all of it. */
const [BY_INDEX, AS_BEFORE] = ['off', 'default'].map(
  (value) => `; set local enable_hashjoin = ${value}; set local enable_mergejoin = ${value}`,
)

/**
 * Takes the same action for many records by one statement. Where the database refuses one, its
 * error names it, or bisection finds it; the others are written.
 */
export async function attemptAll(means: AttemptMeans, run: Planned[]): Promise<void> {
  const fitting: Planned[] = []
  for (const one of run) {
    const misfit = misfitOfAction(means, one)
    if (misfit === undefined) {
      fitting.push(one)
      continue
    }
    if (isFollowedUp(means.plan, misfit)) await attempt(means, fitting.splice(0))
    await means.settle(one, { refused: misfit })
  }
  await attempt(means, fitting)
}

/** Whether the record is tried again without the field: it may keep later ones out. */
function isFollowedUp({ fields, options }: WritePlan, { field }: Violation): boolean {
  return options[fields.indexOf(field ?? '')]?.onError === 'warn'
}

async function attempt(means: AttemptMeans, run: Planned[]): Promise<void> {
  if (run.length === 0) return
  const { foresight, shape } = means
  const isLooking = foresight.isFor(run, shape)
  if (isLooking && !foresight.expectsClean()) return await attemptForeseen(means, run)
  const outcome = await tryPart(means, run)
  const isClean = 'tried' in outcome
  if (isLooking) foresight.learn(isClean)
  if (isClean) await settleAll(means, run, outcome.tried)
  else if (isLooking) await attemptForeseen(means, run)
  else await withoutRefused(means, run, { part: run, ...outcome })
}

/** Leaves out what the table's rules are seen to refuse. Where it refuses more, that is sought. */
async function attemptForeseen(means: AttemptMeans, all: Planned[]): Promise<void> {
  const broken = await means.foresight.ofRun(means, all)
  const refused = new Map<Planned, { refused: Violation }>()
  let run = all
  for (const [one, rule] of broken) {
    const violation = violationOfRule(rule, means.shape)
    refused.set(one, { refused: violation })
    if (!isFollowedUp(means.plan, violation)) continue
    run = all.slice(0, all.indexOf(one) + 1)
    break
  }
  const part = run.filter((one) => !refused.has(one))
  const outcome = part.length === 0 ? { tried: [] } : await tryPart(means, part)
  if ('tried' in outcome) {
    const tried = new Map(part.map((one, at) => [one, outcome.tried[at]]))
    await settleAll(
      means,
      run,
      run.map((one) => refused.get(one) ?? tried.get(one) ?? NOT_DONE),
    )
  } else {
    await withoutRefused(means, run, { part, ...outcome })
  }
  await attempt(means, all.slice(run.length))
}

async function settleAll({ settle }: AttemptMeans, run: Planned[], tried: TrialResult[]) {
  for (const [at, one] of run.entries()) await settle(one, tried[at] ?? NOT_DONE)
}

/** What came of a part that was written as a whole, or why it was not. */
type PartOutcome = { tried: TrialResult[] } | { error: unknown }

/** @returns an error of undefined where one of several records has another outcome than the rest */
async function tryPart(means: AttemptMeans, run: Planned[]): Promise<PartOutcome> {
  const { client, shape } = means
  const kind = run[0]?.action.kind ?? 'inserted'
  const isJoined = kind !== 'inserted'
  const part = await openPart(client, isJoined ? BY_INDEX : '', isJoined ? AS_BEFORE : '')
  const outcome = await tryRun(means, run).catch((error: unknown) => ({ error }))
  if ('error' in outcome) {
    const { error } = outcome
    if (!isRefusal(error)) throw faultOf(shape.name, RIGHTS[kind], error) ?? error
    await part.undo()
    return outcome
  }
  if (outcome.isMixed) {
    await part.undo()
    return { error: undefined }
  }
  await part.keep()
  return outcome
}

type RunOutcome = {
  /** Whether one of several records has another outcome than the rest. */
  isMixed: boolean
  tried: TrialResult[]
}

async function tryRun(means: AttemptMeans, run: Planned[]): Promise<RunOutcome> {
  const { client, shape } = means
  const kind = run[0]?.action.kind ?? 'inserted'
  const isWatched = (shape.hasTriggers || shape.hasRules) && !shape.isPartitioned && !shape.isView
  const before = isWatched ? await changesOf(client, shape) : undefined
  const first = await writeAll(client, means, run)
  const after = isWatched ? await changesOf(client, shape) : undefined
  const { count, others: all } = ownOf(
    kind,
    first.count,
    before && after && besides(before, after, kind, first.count),
  )
  const isFollowed = kind !== 'deleted' && !isNothing(all)
  const written = isFollowed
    ? await afterTriggers(client, shape, first)
    : { ...first, moved: 0, gone: 0 }
  const { others, areGone } = withoutOwn(all, written)
  const isClean = count === run.length && isNothing(others) && !areGone
  if (!isClean && run.length > 1) return { isMixed: true, tried: [] }

  const changed = await changedFields(run, written, means)
  const told = toldBesides(others)
  const tried = run.map((one, at) => {
    const isDone = count > 0 && !areGone && !isTakenBack(one, written, at, means)
    return { isDone, warnings: [...(isDone ? (changed[at] ?? []) : [SWALLOWED]), ...told] }
  })
  return { isMixed: false, tried }
}

const NOT_DONE: TrialResult = { isDone: false, warnings: [SWALLOWED] }

/** Seeks the record of a part of the run that the error is about. */
async function withoutRefused(
  means: AttemptMeans,
  run: Planned[],
  { part, error }: { part: Planned[]; error: unknown },
): Promise<void> {
  const { shape } = means
  const place = part.length === 1 ? 0 : rowCopied(error, shape)
  const refused = error === undefined ? undefined : part[place ?? -1]
  if (refused === undefined) return await halves(means, run)
  const at = run.indexOf(refused)
  await attempt(means, run.slice(0, at))
  await means.settle(refused, { refused: violationOf(error, shape, refused.action.kind) })
  await attempt(means, run.slice(at + 1))
}

async function halves(means: AttemptMeans, run: Planned[]): Promise<void> {
  const half = Math.ceil(run.length / 2)
  await attempt(means, run.slice(0, half))
  await attempt(means, run.slice(half))
}
