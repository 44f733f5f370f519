import type { PoolClient } from 'pg'
import { shownText } from '../../../domain/reconcile/merge.ts'
import type { Violation } from '../../../domain/records/record.ts'
import type { CanonicalTexts } from '../statements/canonical-texts.ts'
import type { Planned } from '../statements/planned.ts'
import type { TableShape } from '../statements/shape.ts'
import type { WrittenBy } from '../statements/statements.ts'
import { storedOf } from '../statements/wire.ts'

export const SWALLOWED: Violation = { field: null, message: { code: 'TLY-3013', params: {} } }

type Changes = { inserted: number; updated: number; deleted: number }

const NO_CHANGES: Changes = { inserted: 0, updated: 0, deleted: 0 }

/** The transaction's changes to the table so far, by statements and triggers. */
export async function changesOf(client: PoolClient, { id }: TableShape): Promise<Changes> {
  const { rows } = await client.query<[number, number, number]>({
    text: `select pg_stat_get_xact_tuples_inserted($1), pg_stat_get_xact_tuples_updated($1),
                  pg_stat_get_xact_tuples_deleted($1)`,
    values: [id],
    rowMode: 'array',
  })
  const [inserted, updated, deleted] = rows[0] ?? [0, 0, 0]
  return { inserted, updated, deleted }
}

/** Number of rows changed besides the statement's own. */
export function besides(
  before: Changes,
  after: Changes,
  kind: keyof Changes,
  own: number,
): Changes {
  const more = (one: keyof Changes) => after[one] - before[one] - (one === kind ? own : 0)
  return { inserted: more('inserted'), updated: more('updated'), deleted: more('deleted') }
}

/**
 * What the table itself got by a statement: a rule may have written elsewhere what the server counts
 * as written.
 */
export function ownOf(
  kind: keyof Changes,
  count: number,
  others = NO_CHANGES,
): { count: number; others: Changes } {
  const elsewhere = Math.min(0, others[kind])
  return { count: count + elsewhere, others: { ...others, [kind]: others[kind] - elsewhere } }
}

/** Whether the one row that a statement wrote is no longer there, because a trigger deleted it. */
export async function isRowGone(
  client: PoolClient,
  { sql, fields }: TableShape,
  { stored }: WrittenBy,
): Promise<boolean> {
  const place = stored?.get(0)?.[fields.length]
  if (place === undefined) return false
  const { rowCount } = await client.query(`select from ${sql} where ctid = $1::tid`, [place])
  return rowCount === 0
}

/** Whether a trigger has kept all that an update was to change. */
export function isTakenBack(
  { action }: Planned,
  { stored }: WrittenBy,
  index: number,
  { shape, canonical }: { shape: TableShape; canonical: CanonicalTexts },
): boolean {
  const texts = stored?.get(index)
  if (texts === undefined || action.kind !== 'updated') return false
  return shape.fields.every((column, at) => {
    const [is, was] = [storedOf(texts[at] ?? null, column), action.found[at] ?? null]
    if (action.asked[at] === undefined) return true
    if (is === null || was === null) return is === was
    return canonical.textOf(is, column) === canonical.textOf(was, column)
  })
}

export function isNothing({ inserted, updated, deleted }: Changes): boolean {
  return inserted === 0 && updated === 0 && deleted === 0
}

export function toldBesides(changes: Changes): Violation[] {
  const params = { ...changes }
  return isNothing(changes) ? [] : [{ field: null, message: { code: 'TLY-3015', params } }]
}

/** Fields that a trigger has changed, for each record that one statement wrote. */
export async function changedFields(
  run: Planned[],
  { stored }: WrittenBy,
  { shape, canonical }: { shape: TableShape; canonical: CanonicalTexts },
): Promise<Violation[][]> {
  if (stored === undefined) return run.map(() => [])
  for (const [at, column] of shape.fields.entries()) {
    await canonical.learn(
      column,
      run.map(({ action }) => action.asked[at]),
    )
  }
  return run.map(({ action }, index) =>
    shape.fields.flatMap((column, at): Violation[] => {
      const given = action.asked[at]
      if (given === undefined || action.kind === 'deleted') return []
      const is = storedOf(stored.get(index)?.[at] ?? null, column)
      const isSame =
        is === null || given === null
          ? is === given
          : canonical.textOf(is, column) === canonical.textOf(given, column)
      const params = { given: shownText(given), stored: shownText(is) }
      return isSame ? [] : [{ field: column.name, message: { code: 'TLY-3014', params } }]
    }),
  )
}
