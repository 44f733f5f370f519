import type { PoolClient } from 'pg'
import type { RecordKey } from '../../../domain/reconcile/key.ts'
import type { WritePlan } from '../../../domain/records/record.ts'
import { quoteName } from '../ground/names.ts'
import type { CanonicalTexts } from './canonical-texts.ts'
import { findStaged } from './staging.ts'
import { sameAsGiven } from './same-as-given.ts'
import type { GivenRows, FoundRow, KeyedRow } from './planned.ts'
import { updatesRows } from './operations.ts'
import type { TableShape } from './shape.ts'
import { wireOf } from './wire.ts'

/** A stored row; two of them for one key mean `several`. */
type Stored = { place: string; texts: (string | null)[] }

type Means = {
  plan: WritePlan
  shape: TableShape
  canonical: CanonicalTexts
  /** The records that these are some of. */
  chunk?: GivenRows
}

/** Finds the rows of all records' keys, by one statement for each of the plan's two keys. */
export async function findRows(
  client: PoolClient,
  { plan, shape, canonical, chunk }: Means,
  all: KeyedRow[],
): Promise<Map<KeyedRow, FoundRow>> {
  const found = new Map<KeyedRow, FoundRow>()
  let keyed = all
  // Rows that are compared where they are do not tell their values.
  if (plan.secondKey.length === 0 && shape.mayStage && plan.wantsFound?.() !== true) {
    const lock = lockOf(plan, shape, true)
    const staged = await findStaged(client, { shape, key: plan.key, lock, chunk }, all)
    if (staged.staged.length === all.length) return staged.found
    const areStaged = new Set(staged.staged)
    for (const [one, row] of staged.found) found.set(one, row)
    keyed = all.filter((one) => !areStaged.has(one))
  }
  const single: { one: KeyedRow; stored: Stored }[] = []
  for (const which of [0, 1] as const) {
    const some = keyed.filter(({ key }) => key.which === which)
    if (some.length === 0) continue
    const rows = await lookUp(client, { plan, shape }, which, some)
    some.forEach((one, at) => {
      const [stored, another] = rows.get(at) ?? []
      if (another !== undefined) found.set(one, { found: 'several', place: stored?.place })
      else if (stored !== undefined) single.push({ one, stored })
    })
  }
  const texts = single.map(({ one, stored }) => ({ given: one.row.values, texts: stored.texts }))
  const values = await sameAsGiven(shape, canonical, texts)
  single.forEach(({ one, stored }, at) =>
    found.set(one, { found: values[at], place: stored.place }),
  )
  return found
}

/** Rows by the record's index, at most two each: two already mean `several`. */
async function lookUp(
  client: PoolClient,
  { plan, shape }: { plan: WritePlan; shape: TableShape },
  which: RecordKey['which'],
  keyed: KeyedRow[],
): Promise<Map<number, Stored[]>> {
  const names = which === 0 ? plan.key : plan.secondKey
  const columns = names.flatMap((name) => shape.fields.find((one) => one.name === name) ?? [])
  const given = columns.map((column, at) => keyed.map(({ key }) => wireOf(key.values[at], column)))
  const where = columns.map(
    ({ name, sqlType }, at) => `one.${quoteName(name)} = given.k${at}::${sqlType}`,
  )
  const texts = shape.fields.map(({ name }) => `row.${quoteName(name)}::text`)
  const { rows } = await client.query<[number, string, ...(string | null)[]]>({
    text: `select given.n::int4, row.tallyman_place, ${texts.join(', ')}
      from unnest(${columns.map((_, at) => `$${at + 1}::text[]`).join(', ')})
        with ordinality as given (${columns.map((_, at) => `k${at}`).join(', ')}, n)
      cross join lateral (
        select one.*, ${shape.isView ? 'one::text' : 'one.tableoid::text || one.ctid::text'} as tallyman_place
        from ${shape.sql} as one
        where ${where.join(' and ')} limit 2 ${lockOf(plan, shape)}) as row`,
    values: given,
    rowMode: 'array',
  })
  const found = new Map<number, Stored[]>()
  for (const [n, place, ...texts] of rows) {
    found.set(n - 1, [...(found.get(n - 1) ?? []), { place, texts }])
  }
  return found
}

/**
 * Row locks: a row that decides an action must not change before it is written. Where that is told
 * by the number of rows written, or does not matter, none of the rows that are the same is locked.
 */
function lockOf(plan: WritePlan, { mayLock }: TableShape, isStaged = false): string {
  if (!mayLock) return ''
  if (plan.operation === 'delete') return 'for update'
  const isToldLater = isStaged && !plan.options.some(({ onlyIfEmpty }) => onlyIfEmpty)
  return updatesRows(plan) && !isToldLater ? 'for no key update' : ''
}
