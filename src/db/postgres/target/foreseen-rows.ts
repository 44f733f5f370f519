import type { RecordOutcome, Row } from '../../../domain/records/record.ts'
import { copyIn } from '../ground/copy-in.ts'
import { isRefusal } from '../ground/sql-state.ts'
import { faultOf } from '../tables/usable.ts'
import { copyGroupOf, type CopyGroup } from './expected-new.ts'
import type { TargetSession } from './foresight.ts'
import { PART } from '../statements/savepoint.ts'
import type { BrokenRule } from './rules/foresee.ts'
import type { LookAhead } from './rules/look-ahead.ts'
import { areIndependent } from './order/runs.ts'
import { violationOfRule } from './violation.ts'

/** What the records are that were not inserted. */
export type NotInserted = { rejected: Map<Row, RecordOutcome>; known: Set<Row> }

/** Whether a record whose key the table has can be applied after all that are new. */
export function canForesee({ plan, shape, keys }: TargetSession): boolean {
  const areUpdatesLate =
    plan.key.length === 0 || (!keys.isNeeded && areIndependent({ plan, shape }))
  return areUpdatesLate && !takesLess({ plan })
}

/** Whether a record without the field that does not fit may be written. */
export function takesLess({ plan }: Pick<TargetSession, 'plan'>): boolean {
  return plan.options.some(({ onError }) => onError === 'warn')
}

/**
 * Inserts the records that neither break a rule of the table nor have a key that is there.
 * @returns undefined where the table refuses others too, and nothing is inserted
 */
export async function insertForeseen(
  session: TargetSession,
  group: CopyGroup,
  ahead: LookAhead<CopyGroup, Map<Row, BrokenRule>>,
): Promise<NotInserted | undefined> {
  const { plan, shape, foresight } = session
  const look = ({ rows, fields }: CopyGroup) => foresight.ofNew(session, rows, fields)
  const rejected: NotInserted['rejected'] = new Map()
  const known: NotInserted['known'] = new Set()
  const broken = (await ahead.take(group)) ?? (await look(group))
  for (const [row, rule] of broken) {
    const isKnown = rule.taken.some(({ columns }) => columns.every((one) => plan.key.includes(one)))
    if (isKnown) known.add(row)
    else rejected.set(row, { kind: 'rejected', counts: null, ...violationOfRule(rule, shape) })
  }
  const left = broken.size === 0 ? group : copyGroupOf(group, (row) => !broken.has(row))
  if (left.rows.length === 0 || (await ahead.during(insertsAll(session, [left]), look)))
    return { rejected, known }
  ahead.drop()
  return undefined
}

/** Inserts the records if the table takes all of them. */
export async function insertsAll(
  { client, shape }: TargetSession,
  groups: CopyGroup[],
): Promise<boolean> {
  // A partition's own trigger may swallow rows.
  const end = shape.isPartitioned ? '' : PART.end
  for (const [at, { columns, bytes, rows }] of groups.entries()) {
    const part = { before: at === 0 ? PART.begin : '', after: at === groups.length - 1 ? end : '' }
    const into = `${shape.sql} (${columns})`
    const count = await copyIn(client, into, bytes, part).catch((error: unknown) => {
      if (!isRefusal(error)) throw faultOf(shape.name, 'INSERT', error) ?? error
      return undefined
    })
    if (count === rows.length) continue
    await client.query(PART.undo)
    return false
  }
  if (end === '') await client.query(PART.end)
  return true
}
