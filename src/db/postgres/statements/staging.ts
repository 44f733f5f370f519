import { createHash } from 'node:crypto'
import type { PoolClient } from 'pg'
import { keyBytesOf } from '../../../domain/reconcile/key.ts'
import type { Row, Value } from '../../../domain/records/record.ts'
import { copyIn } from '../ground/copy-in.ts'
import { quoteName } from '../ground/names.ts'
import { isRefusal } from '../ground/sql-state.ts'
import type { CatalogColumn } from '../tables/read-columns.ts'
import { copiedRows, copyBytes } from './copy-bytes.ts'
import { fitFor } from './fit.ts'
import type { FoundRow, GivenRows, KeyedRow, StagingRows } from './planned.ts'
import { PART } from './savepoint.ts'
import type { TableShape } from './shape.ts'

/** Fewer records are not worth a COPY. */
const LEAST = 32
/** Types whose `=` is also how texts of their values are compared, see `CanonicalTexts`. */
const EQUAL_BY_VALUE = 'int2 int4 int8 numeric float4 float8 bool date bytea'.split(' ')
/** In the place of a stored value that differs: no text has such a character. */
const OTHER = '\0'

type Keyed = { shape: TableShape; key: string[]; lock: string; chunk: GivenRows | undefined }

/** Those of the records that could be compared so, and the rows that their keys find. */
type FoundStaged = { staged: KeyedRow[]; found: Map<KeyedRow, FoundRow> }

const NONE: FoundStaged = { staged: [], found: new Map() }

/**
 * Copies records into a temporary table, with the types of their columns, and compares them there
 * with the rows that have their keys: a row that is the same costs nothing here.
 */
export async function findStaged(
  client: PoolClient,
  { shape, key, lock, chunk }: Keyed,
  all: KeyedRow[],
): Promise<FoundStaged> {
  if (all.length < LEAST) return NONE
  const { keyed, bytes } = stagedOf(shape, all, chunk)
  if (keyed.length < LEAST || !(await stage(client, shape, bytes))) return NONE
  const [first, last] = [keyed[0]?.row.record, keyed.at(-1)?.row.record]
  const where = key.map((name) => {
    const at = shape.fields.findIndex((column) => column.name === name)
    return `one.${quoteName(name)} = given.f${at}`
  })
  const signs = shape.fields.map(comparison).join(' || ')
  // One row for all: as many as there are records would take longer to be read than to be found.
  const text = `select string_agg(given.n::text, ' '),
      string_agg(case when ${shape.fields.map(isSame).join(' and ')} then '' else ${signs} end, ' ')
      from ${stagingOf(shape)} as given
      cross join lateral (
        select one.* from ${shape.sql} as one where ${where.join(' and ')} limit 2 ${lock}) as row
      where given.n between $1 and $2`
  const { rows } = await client.query<[string | null, string | null]>({
    // The server plans it once, not for each chunk.
    name: createHash('sha1').update(text).digest('hex'),
    text,
    values: [first, last],
    rowMode: 'array',
  })
  const [[numbers, differences] = [null, null]] = rows
  const of = new Map(keyed.map((one) => [one.row.record, one]))
  const found = new Map<KeyedRow, FoundRow>()
  const own = differences?.split(' ') ?? []
  for (const [at, record] of (numbers?.split(' ') ?? []).entries()) {
    const one = of.get(Number(record))
    if (one === undefined) continue
    found.set(one, {
      found: found.has(one) ? 'several' : valuesOf(shape, one, own[at] ?? ''),
      place: undefined,
      isStaged: true,
    })
  }
  return { staged: keyed, found }
}

/** The name of the staging table in SQL: the same for tables of the same shape alone. */
export function stagingOf({ id, fields }: TableShape): string {
  const types = fields.map(({ sqlDeclared }) => sqlDeclared).join()
  let hash = 0
  for (let at = 0; at < types.length; at++) hash = (hash * 31 + types.charCodeAt(at)) >>> 0
  return `pg_temp.tallyman_given_${id}_${hash.toString(36)}`
}

/** Whether the server would take all values of a record unchanged, as far as they show it. */
export function rowFit({ fields }: TableShape): (row: Row) => boolean {
  const fits = fields.flatMap((column, at) => {
    const fit = fitFor(column)
    return fit === undefined ? [] : [{ at, fit }]
  })
  return ({ values, unfit }) => {
    if (unfit !== undefined) return false
    for (const { at, fit } of fits) {
      const value = values[at]
      if (value !== undefined && value !== null && fit(value) !== undefined) return false
    }
    return true
  }
}

/**
 * Records as the staging table takes them, with their numbers: without those of which the server
 * would round or refuse something.
 */
export function stagingRows(shape: TableShape, all: Row[]): StagingRows {
  const columns = [RECORD, ...shape.fields]
  const rows = all.filter(rowFit(shape))
  const bytes = copyBytes(
    { fields: columns },
    rows.map(({ record, values }) => [record, ...values]),
    columns.map((_, at) => at),
  )
  return { rows, bytes }
}

/** Those of the whole chunk are made already, if these are not much fewer. */
function stagedOf(shape: TableShape, all: KeyedRow[], chunk: GivenRows | undefined) {
  const isMost = chunk !== undefined && 2 * all.length > chunk.rows.length
  const { rows, bytes } = isMost
    ? chunk.staging.value
    : stagingRows(
        shape,
        all.map(({ row }) => row),
      )
  if (rows.length === all.length && all.every(({ row }, at) => row === rows[at]))
    return { keyed: all, bytes }
  const of = new Map(all.map((one) => [one.row, one]))
  return {
    keyed: rows.flatMap((row) => of.get(row) ?? []),
    bytes: copiedRows(bytes, (at) => {
      const row = rows[at]
      return row !== undefined && of.has(row)
    }),
  }
}

/** In one round trip. @returns false where the server refuses a value */
async function stage(client: PoolClient, shape: TableShape, bytes: Buffer): Promise<boolean> {
  const { fields } = shape
  const name = stagingOf(shape)
  const columns = fields.map(({ sqlDeclared }, at) => `f${at} ${sqlDeclared}`)
  const before = `${PART.begin}
    create temporary table if not exists ${name.replace('pg_temp.', '')}
      (n bigint, ${columns.join(', ')}) on commit delete rows; `
  try {
    await copyIn(client, name, bytes, { before, after: PART.end })
    return true
  } catch (error) {
    if (!isRefusal(error)) throw error
    await client.query(PART.undo)
    return false
  }
}

const RECORD = { type: 'int8' }

/** The stored and the given value of a field, in a form in which the same values are equal. */
function compared({ name, type }: CatalogColumn, at: number): [stored: string, given: string] {
  const [stored, given] = [`row.${quoteName(name)}`, `given.f${at}`]
  if (EQUAL_BY_VALUE.includes(type)) return [stored, given]
  return [`${stored}::text collate "C"`, `${given}::text collate "C"`]
}

function isSame(column: CatalogColumn, at: number): string {
  return compared(column, at).join(' is not distinct from ')
}

/** One sign for a field: the stored value is null, empty, the same, or another. */
function comparison(column: CatalogColumn, at: number): string {
  const [stored, given] = compared(column, at)
  const isEmpty = EQUAL_BY_VALUE.includes(column.type) ? '' : `when ${stored} = '' then 'e'`
  return `case when ${stored} is null then 'n' when ${stored} = ${given} then 's' ${isEmpty} else 'o' end`
}

function isWhole(values: Row['values']): values is Value[] {
  return !values.includes(undefined)
}

/** @param signs none where all fields are the same */
function valuesOf({ fields }: TableShape, { row }: KeyedRow, signs: string): Value[] {
  if (signs === '' && isWhole(row.values) && fields.every(({ type }) => type !== 'bytea'))
    return row.values
  return fields.map(({ type }, at) => {
    const given = row.values[at] ?? null
    switch (signs.charAt(at)) {
      case 'n':
        return null
      case '':
      case 's':
        return type === 'bytea' && given !== null ? keyBytesOf(given) : given
      case 'e':
        return ''
      default:
        return OTHER
    }
  })
}
