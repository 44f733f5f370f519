import type { PoolClient } from 'pg'
import type { Row, WritePlan } from '../../../domain/records/record.ts'
import { copyIn } from '../ground/copy-in.ts'
import { copyBytes } from './copy-bytes.ts'
import { quoteName } from '../ground/names.ts'
import type { CatalogColumn } from '../tables/read-columns.ts'
import type { Planned } from './planned.ts'
import type { TableShape } from './shape.ts'
import { stagingOf } from './staging.ts'
import { RetryBatch } from '../../../domain/words/errors.ts'
import { wireOf } from './wire.ts'

/**
 * Number of rows that a statement wrote; where triggers may change them, also their stored texts,
 * by the record's index, each with the row's physical place behind them.
 */
export type WrittenBy = { count: number; stored: Map<number, (string | null)[]> | undefined }

type Means = { plan: WritePlan; shape: TableShape }

/** Indexes of the fields that an action writes; the same for all records of a statement. */
export function fieldsWritten({ plan, shape }: Means, { action }: Planned): number[] {
  const { kind, values, asked } = action
  return shape.fields.flatMap((column, at) => {
    if (kind === 'deleted') return []
    if (kind === 'updated') return asked[at] === undefined ? [] : [at]
    return isLeftToDefault(plan, column, values[at], at) ? [] : [at]
  })
}

/** An empty field gets the column's default, unless `emptyOverwrites` is set. */
export function isLeftToDefault(
  { options }: WritePlan,
  column: CatalogColumn | undefined,
  value: Row['values'][number],
  at: number,
): boolean {
  const hasDefault = (column?.defaultSql ?? null) !== null
  if (!hasDefault || (value !== undefined && value !== null)) return false
  return value === undefined || options[at]?.emptyOverwrites !== true
}

/** Takes the same action for many records by one statement. */
export async function writeAll(
  client: PoolClient,
  means: Means,
  run: Planned[],
): Promise<WrittenBy> {
  const [first] = run
  if (first === undefined) return { count: 0, stored: undefined }
  const at = fieldsWritten(means, first)
  switch (first.action.kind) {
    case 'inserted':
      return await insertAll(client, means, run, at)
    case 'updated':
      return await changeAll(client, means, run, at)
    case 'deleted':
      return await changeAll(client, means, run, undefined)
  }
}

async function insertAll(
  client: PoolClient,
  { shape }: Means,
  run: Planned[],
  at: number[],
): Promise<WrittenBy> {
  const columns = at.flatMap((index) => shape.fields[index] ?? [])
  const names = columns.map(({ name }) => quoteName(name)).join(', ')
  const valueOf = ({ action }: Planned, index: number, column: CatalogColumn) =>
    wireOf(action.values[index], column)
  if (columns.length === 0) {
    const given = run.map(() => `insert into ${shape.sql} default values`).join(';')
    const results = [await client.query(given)].flat()
    return {
      count: results.reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0),
      stored: undefined,
    }
  }
  if (shape.isPlain && !shape.hasTriggers) {
    const bytes = copyBytes(
      shape,
      run.map(({ action }) => action.values),
      at,
    )
    const count = await copyIn(client, `${shape.sql} (${names})`, bytes)
    return { count, stored: undefined }
  }
  const values = columns.map((column, place) =>
    run.map((one) => valueOf(one, at[place] ?? -1, column)),
  )
  const given = columns.map(({ sqlType }, place) => `given.v${place}::${sqlType}`)
  const { rows, rowCount } = await client.query<(string | null)[]>({
    text: `insert into ${shape.sql} (${names}) select ${given.join(', ')}
      from unnest(${columns.map((_, place) => `$${place + 1}::text[]`).join(', ')})
        with ordinality as given (${columns.map((_, place) => `v${place}`).join(', ')}, n)
      order by given.n ${returning(shape, shape.sql)}`,
    values,
    rowMode: 'array',
  })
  // In insertion order, which matches the records only where all were inserted.
  const stored = tellsStored(shape) ? new Map(rows.entries()) : undefined
  return { count: rowCount ?? 0, stored }
}

/** @param written undefined where the rows are deleted */
async function changeAll(
  client: PoolClient,
  { plan, shape }: Means,
  run: Planned[],
  written: number[] | undefined,
): Promise<WrittenBy> {
  const names = run[0]?.action.key?.which === 1 ? plan.secondKey : plan.key
  const keys = names.flatMap((name) => shape.fields.find((one) => one.name === name) ?? [])
  const set = (written ?? []).flatMap((index) => {
    const column = shape.fields[index]
    return column === undefined ? [] : [{ index, column }]
  })
  if (
    written !== undefined &&
    run.every(({ isStaged, row, origin }) => isStaged && row === origin)
  ) {
    return await updateStaged(client, shape, run, { keys, set })
  }
  const values = [
    ...keys.map((column, at) => run.map(({ action }) => wireOf(action.key?.values[at], column))),
    ...set.map(({ index, column }) =>
      run.map(({ action }) => wireOf(action.values[index], column)),
    ),
  ]
  const aliases = [...keys.map((_, at) => `k${at}`), ...set.map(({ index }) => `v${index}`)]
  const given = `unnest(${values.map((_, at) => `$${at + 1}::text[]`).join(', ')})
    with ordinality as given (${aliases.join(', ')}, n)`
  const where = keys
    .map(({ name, sqlType }, at) => `row.${quoteName(name)} = given.k${at}::${sqlType}`)
    .join(' and ')
  const sets = set.map(
    ({ index, column }) => `${quoteName(column.name)} = given.v${index}::${column.sqlType}`,
  )
  const text =
    written === undefined
      ? `delete from ${shape.sql} as row using ${given} where ${where} ${returning(shape, 'row', 'given.n')}`
      : `update ${shape.sql} as row set ${sets.join(', ')} from ${given} where ${where} ${returning(shape, 'row', 'given.n')}`
  const { rows, rowCount } = await client.query<(string | null)[]>({
    text,
    values,
    rowMode: 'array',
  })
  const stored = tellsStored(shape)
    ? new Map(rows.map(([n, ...texts]) => [Number(n) - 1, texts]))
    : undefined
  return { count: rowCount ?? 0, stored }
}

/** From the values that the server has already. @throws RetryBatch where a row has changed since */
async function updateStaged(
  client: PoolClient,
  shape: TableShape,
  run: Planned[],
  { keys, set }: { keys: CatalogColumn[]; set: { index: number; column: CatalogColumn }[] },
): Promise<WrittenBy> {
  const sets = set.map(({ index, column }) => `${quoteName(column.name)} = given.f${index}`)
  const where = keys.map(
    (column) => `row.${quoteName(column.name)} = given.f${shape.fields.indexOf(column)}`,
  )
  const { rowCount } = await client.query({
    text: `update ${shape.sql} as row set ${sets.join(', ')} from ${stagingOf(shape)} as given
      where given.n = any ($1::int8[]) and ${where.join(' and ')}`,
    values: [run.map(({ origin }) => origin.record)],
  })
  const count = rowCount ?? 0
  if (count < run.length && !shape.hasTriggers && !shape.isPartitioned) throw new RetryBatch()
  return { count, stored: undefined }
}

/** Where the stored row may differ from the given one; a rule may not support RETURNING. */
function tellsStored({ hasTriggers, hasRules, isView }: TableShape): boolean {
  return hasTriggers && !hasRules && !isView
}

/** The stored texts, and the row's physical place. */
function returning(shape: TableShape, from: string, first?: string): string {
  if (!tellsStored(shape)) return ''
  const texts = shape.fields.map(({ name }) => `${from}.${quoteName(name)}::text`)
  const place = `${from}.tableoid::text || ${from}.ctid::text`
  return `returning ${[...(first === undefined ? [] : [first]), ...texts, place].join(', ')}`
}
