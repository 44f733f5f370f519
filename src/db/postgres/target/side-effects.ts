import type { PoolClient } from 'pg'
import { shownText } from '../../../domain/reconcile/merge.ts'
import type { Violation } from '../../../domain/records/record.ts'
import type { CanonicalTexts } from '../statements/canonical-texts.ts'
import type { Planned } from '../statements/planned.ts'
import type { TableShape } from '../statements/shape.ts'
import { quoteName } from '../ground/names.ts'
import type { WrittenBy } from '../statements/statements.ts'
import { storedOf } from '../statements/wire.ts'

export const SWALLOWED: Violation = { field: null, message: { code: 'TLY-3013', params: {} } }

type Changes = { inserted: number; updated: number; deleted: number }

const NO_CHANGES: Changes = { inserted: 0, updated: 0, deleted: 0 }

/** The transaction's changes to the table and its heirs so far, by statements and triggers. */
export async function changesOf(client: PoolClient, { id }: TableShape): Promise<Changes> {
  const { rows } = await client.query<[number, number, number]>({
    text: `
      with recursive heir (id) as (
        select $1::oid union select inhrelid from pg_inherits join heir on inhparent = id)
      select sum(pg_stat_get_xact_tuples_inserted(id))::int8,
             sum(pg_stat_get_xact_tuples_updated(id))::int8,
             sum(pg_stat_get_xact_tuples_deleted(id))::int8 from heir`,
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

/** Of rows as `returning` gives their places, where their last versions are. */
const LATEST_PLACES = `
  select id, currtid2(id::oid::regclass::text, ('(' || tid)::tid)::text
  from unnest($1::text[]) with ordinality as given (place, n)
  cross join lateral (select split_part(place, '(', 1), split_part(place, '(', 2)) as of (id, tid)
  order by n`

/** What triggers made, after the statement, of the rows that it wrote: their texts as they are now. */
export type AfterTriggers = WrittenBy & { moved: number; gone: number }

/** Follows each row from version to version: RETURNING does not see what an AFTER trigger changes. */
export async function afterTriggers(
  client: PoolClient,
  { sql, fields }: TableShape,
  { count, stored }: WrittenBy,
): Promise<AfterTriggers> {
  const written = [...(stored ?? [])]
  if (written.length === 0) return { count, stored, moved: 0, gone: 0 }
  const before = written.map(([, texts]) => texts[fields.length])
  const latest = await client.query<[table: string, tid: string]>({
    text: LATEST_PLACES,
    values: [before],
    rowMode: 'array',
  })
  const places = latest.rows.map(([table, tid]) => table + tid)
  const texts = fields.map(({ name }) => `${quoteName(name)}::text`)
  const { rows } = await client.query<(string | null)[]>({
    text: `select ${[...texts, 'tableoid::text || ctid::text'].join(', ')} from ${sql} where ctid = any ($1::tid[])`,
    values: [latest.rows.map(([, tid]) => tid)],
    rowMode: 'array',
  })
  const now = new Map(rows.map((row) => [row[fields.length], row]))
  return {
    count,
    stored: new Map(written.map(([index, was], at) => [index, now.get(places[at]) ?? was])),
    moved: places.filter((place, at) => place !== before[at] && now.has(place)).length,
    gone: places.filter((place) => !now.has(place)).length,
  }
}

/** Without the rows of the records themselves, each changed once: how often one was, nothing tells. */
export function withoutOwn(
  others: Changes,
  { moved, gone }: Pick<AfterTriggers, 'moved' | 'gone'>,
): { others: Changes; areGone: boolean } {
  const deleted = Math.min(gone, others.deleted)
  return {
    others: {
      ...others,
      updated: Math.max(0, others.updated - moved),
      deleted: others.deleted - deleted,
    },
    areGone: deleted > 0,
  }
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
