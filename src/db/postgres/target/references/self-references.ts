import type { PoolClient } from 'pg'
import type { Action } from '../../../../domain/reconcile/decide.ts'
import type { RecordKey } from '../../../../domain/reconcile/key.ts'
import type { Row, Value } from '../../../../domain/records/record.ts'
import { quoteName } from '../../ground/names.ts'
import type { CatalogColumn } from '../../tables/read-columns.ts'
import type { TableShape } from '../../statements/shape.ts'
import { isLeftToDefault } from '../../statements/statements.ts'
import { storedOf, wireOf } from '../../statements/wire.ts'
import type { WriteSession } from '../../statements/session.ts'

type Kind = Action['kind']
type Values = Row['values']
type Reference = { number: number; from: CatalogColumn[]; to: CatalogColumn[] }
type Means = Pick<WriteSession, 'client' | 'plan' | 'shape' | 'canonical'>

/** Whether a foreign key of the table refers to the table itself. */
export function refersToItself({ constraints }: TableShape): boolean {
  return constraints.some(
    ({ kind, isOwn, referred }) => kind === 'f' && isOwn && referred.length > 0,
  )
}

/** A table's foreign keys to itself. */
export function openSelfReferences(means: Means) {
  const references = referencesOf(means.shape)
  return {
    /** The id of a row that the record refers to and that does not exist. */
    async missing(kind: Kind, values: Values): Promise<string | undefined> {
      if (kind === 'deleted') return undefined
      for (const reference of references) {
        const wanted = await findAbsent(means, reference, kind, values)
        const text = wanted && (await idOf(means, reference, wanted))
        // A row may refer to itself.
        if (text !== undefined && text !== (await broughtBy(means, reference, values))) return text
      }
      return undefined
    },
    /** Another row that refers to the row being deleted, or to a key that is being changed. */
    async holderOf(key: RecordKey, found: Values, values: Values | undefined) {
      for (const reference of references) {
        const isKept =
          values !== undefined &&
          (await broughtBy(means, reference, values)) === (await broughtBy(means, reference, found))
        const holder = isKept ? undefined : await findHolder(means, reference, key)
        if (holder !== undefined) return holder
      }
      return undefined
    },
    /** The ids by which other records refer to the record's row. */
    async broughtBy(values: Values): Promise<string[]> {
      const ids: string[] = []
      for (const reference of references)
        ids.push(...[await broughtBy(means, reference, values)].flatMap((id) => id ?? []))
      return ids
    },
  }
}

function referencesOf({ constraints, all }: TableShape): Reference[] {
  const named = (names: string[]) =>
    names.flatMap((name) => all.find((column) => column.name === name) ?? [])
  return constraints
    .filter(({ kind, isOwn, referred }) => kind === 'f' && isOwn && referred.length > 0)
    .map(({ columns, referred }, number) => ({ number, from: named(columns), to: named(referred) }))
}

async function idOf({ canonical }: Means, { number, to }: Reference, values: Value[]) {
  for (const [at, column] of to.entries()) await canonical.learn(column, [values[at]])
  return JSON.stringify([
    number,
    ...to.map((column, at) => canonical.keyOf(values[at] ?? null, column)),
  ])
}

async function broughtBy(means: Means, reference: Reference, values: Values) {
  const given = reference.to.map(({ name }) => values[means.plan.fields.indexOf(name)] ?? null)
  return given.includes(null) ? undefined : await idOf(means, reference, given)
}

/** Finds the key that the record refers to, where no such row exists. */
async function findAbsent(
  { client, plan, shape }: Means,
  { from, to }: Reference,
  kind: Kind,
  values: Values,
): Promise<Value[] | undefined> {
  const given: (string | null)[] = []
  const slots = from.map((column) => {
    const at = plan.fields.indexOf(column.name)
    // A field that an update omits keeps its value, which refers to an existing row.
    const isDefault = at === -1 || isLeftToDefault(plan, column, values[at], at)
    const byDefault = (kind === 'inserted' ? column.defaultSql : null) ?? 'null'
    if (isDefault) return `(${byDefault})::${column.sqlType}`
    given.push(wireOf(values[at], column))
    return `$${given.length}::text::${column.sqlType}`
  })
  const isGiven = to.map((_, at) => `v${at} is not null`)
  const isThere = to.map(({ name }, at) => `${quoteName(name)} = v${at}`)
  const found = await onlyRow(client, {
    text: `select ${to.map((_, at) => `v${at}::text`).join(', ')}
      from (select ${slots.map((slot, at) => `${slot} as v${at}`).join(', ')}) as given
      where ${isGiven.join(' and ')}
        and not exists (select from ${shape.sql} where ${isThere.join(' and ')})`,
    values: given,
  })
  return found && to.map((column, at) => storedOf(found[at] ?? null, column))
}

/** Finds the fields of another row that refers to the row with the key. */
async function findHolder(
  { client, plan, shape }: Means,
  { from, to }: Reference,
  { which, values }: RecordKey,
): Promise<Value[] | undefined> {
  const keys = (which === 0 ? plan.key : plan.secondKey).flatMap(
    (name) => shape.fields.find((column) => column.name === name) ?? [],
  )
  const all = (one: (column: CatalogColumn, at: number) => string) => to.map(one).join(' and ')
  const refers = all(
    ({ name }, at) => `row.${quoteName(name)} = holder.${quoteName(from[at]?.name ?? '')}`,
  )
  const isSame = all(({ name }) => `row.${quoteName(name)} = holder.${quoteName(name)}`)
  const hasKey = keys.map(
    ({ name, sqlType }, at) => `row.${quoteName(name)} = $${at + 1}::text::${sqlType}`,
  )
  const found = await onlyRow(client, {
    text: `select ${shape.fields.map(({ name }) => `holder.${quoteName(name)}::text`).join(', ')}
      from ${shape.sql} as row join ${shape.sql} as holder on ${refers}
      where ${hasKey.join(' and ')} and not (${isSame}) limit 1`,
    values: keys.map((column, at) => wireOf(values[at], column)),
  })
  return found && shape.fields.map((column, at) => storedOf(found[at] ?? null, column))
}

async function onlyRow(client: PoolClient, query: { text: string; values: (string | null)[] }) {
  const { rows } = await client.query<(string | null)[]>({ ...query, rowMode: 'array' })
  return rows[0]
}
