import type { PoolClient } from 'pg'
import type { Value, Violation, WritePlan } from '../../../domain/records/record.ts'
import { isRefusal } from '../ground/sql-state.ts'
import type { CatalogColumn } from '../tables/read-columns.ts'
import { faultOf, type TableRight } from '../tables/usable.ts'
import type { Canonical } from '../statements/canonical.ts'
import { emptyFields } from '../statements/empty-fields.ts'
import { misfitOf } from '../statements/fit.ts'
import {
  besides,
  changedFields,
  changesOf,
  isNothing,
  isRowGone,
  isTakenBack,
  ownOf,
  SWALLOWED,
  toldBesides,
} from './look.ts'
import type { Planned } from '../statements/planned.ts'
import { openPart } from '../statements/savepoint.ts'
import type { TableShape } from '../statements/shape.ts'
import { writeAll } from '../statements/statements.ts'
import { rowCopied, violationOf } from './violation.ts'

/** A refused record leaves no change; one that is not done was swallowed by the table. */
export type TrialResult = { refused: Violation } | { isDone: boolean; warnings: Violation[] }

export type AttemptMeans = {
  client: PoolClient
  plan: WritePlan
  shape: TableShape
  canonical: Canonical
  /** Called for each record, in the order in which they were tried. */
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
    // A refused record's outcome may depend on those before it.
    await attempt(means, fitting.splice(0))
    await means.settle(one, { refused: misfit })
  }
  await attempt(means, fitting)
}

function misfitOfAction({ plan, shape, canonical }: AttemptMeans, { action }: Planned) {
  if (action.kind === 'deleted') return undefined
  for (const [at, column] of shape.fields.entries()) {
    const value = action.asked[at]
    const fault = canonical.faultOf(value, column)
    if (fault !== undefined)
      return { ...violationOf(fault, shape, action.kind), field: column.name }
    const misfit = misfitOf(value, column)
    if (misfit !== undefined) return misfit
  }
  // A trigger may fill an empty field.
  return shape.hasTriggers ? undefined : emptyFields(plan, action)[0]
}

/** Why a value does not fit its column, as far as that is known without writing it. */
export function valueMisfit(
  value: Value | undefined,
  column: CatalogColumn,
  { shape, canonical }: Pick<AttemptMeans, 'shape' | 'canonical'>,
): Violation | undefined {
  const fault = canonical.faultOf(value, column)
  if (fault === undefined) return misfitOf(value, column)
  return { ...violationOf(fault, shape, 'inserted'), field: column.name }
}

async function attempt(means: AttemptMeans, run: Planned[]): Promise<void> {
  const [first] = run
  if (first === undefined) return
  const { client, shape } = means
  const { kind } = first.action
  const isJoined = kind !== 'inserted'
  const part = await openPart(client, isJoined ? BY_INDEX : '', isJoined ? AS_BEFORE : '')
  const outcome = await tryRun(means, run).catch((error: unknown) => ({ error }))
  if ('error' in outcome) {
    const { error } = outcome
    if (!isRefusal(error)) throw faultOf(shape.name, RIGHTS[kind], error) ?? error
    await part.undo()
    return await withoutRefused(means, run, error)
  }
  if (outcome.isMixed) {
    await part.undo()
    return await halves(means, run)
  }
  await part.keep()
  for (const [at, one] of run.entries()) await means.settle(one, outcome.tried[at] ?? NOT_DONE)
}

type RunOutcome = {
  /** Whether one of several records has another outcome than the rest. */
  isMixed: boolean
  tried: TrialResult[]
}

async function tryRun(means: AttemptMeans, run: Planned[]): Promise<RunOutcome> {
  const { client, shape } = means
  const kind = run[0]?.action.kind ?? 'inserted'
  const isWatched = (shape.hasTriggers || shape.hasRules) && !shape.isPartitioned
  const before = isWatched ? await changesOf(client, shape) : undefined
  const written = await writeAll(client, means, run)
  const after = isWatched ? await changesOf(client, shape) : undefined
  const { count, others } = ownOf(
    kind,
    written.count,
    before && after && besides(before, after, kind, written.count),
  )
  const isClean = count === run.length && isNothing(others)
  if (!isClean && run.length > 1) return { isMixed: true, tried: [] }

  const changed = await changedFields(run, written, means)
  const isGone =
    kind !== 'deleted' && others.deleted > 0 && (await isRowGone(client, shape, written))
  const told = toldBesides(isGone ? { ...others, deleted: others.deleted - 1 } : others)
  const tried = run.map((one, at) => {
    const isDone = count > 0 && !isGone && !isTakenBack(one, written, at, means)
    return { isDone, warnings: [...(isDone ? (changed[at] ?? []) : [SWALLOWED]), ...told] }
  })
  return { isMixed: false, tried }
}

const NOT_DONE: TrialResult = { isDone: false, warnings: [SWALLOWED] }

async function withoutRefused(means: AttemptMeans, run: Planned[], error: unknown): Promise<void> {
  const [first] = run
  if (first === undefined) throw error
  const at = run.length === 1 ? 0 : rowCopied(error, means.shape)
  const refused = at === undefined ? undefined : run[at]
  if (at === undefined || refused === undefined) return await halves(means, run)
  const violation = violationOf(error, means.shape, first.action.kind)
  await attempt(means, run.slice(0, at))
  await means.settle(refused, { refused: violation })
  await attempt(means, run.slice(at + 1))
}

async function halves(means: AttemptMeans, run: Planned[]): Promise<void> {
  const half = Math.ceil(run.length / 2)
  await attempt(means, run.slice(0, half))
  await attempt(means, run.slice(half))
}
