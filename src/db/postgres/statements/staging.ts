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
import type { GivenRows, FoundRow, KeyedRow } from './planned.ts'
import { PART } from './savepoint.ts'
import type { TableShape } from './shape.ts'

/** Fewer records are not worth a COPY. */
const LEAST = 32
/** Types whose `=` is also how texts of their values are compared, see `CanonicalTexts`. */
const EQUAL_BY_VALUE = [
  'int2',
  'int4',
  'int8',
  'numeric',
  'float4',
  'float8',
  'bool',
  'date',
  'bytea',
]
/** In the place of a stored value that differs: no text has such a character. */
const OTHER = '\0'

type Keyed = { shape: TableShape; key: string[]; lock: string; chunk: GivenRows | undefined }

/**
 * Copies records into a temporary table, with the types of their columns, and compares them there
 * with the rows that have their keys: a row that is the same costs nothing here.
 * @returns undefined where there are few, or one of them can't be compared so
 */
export async function findStaged(
  client: PoolClient,
  { shape, key, lock, chunk }: Keyed,
  keyed: KeyedRow[],
): Promise<Map<KeyedRow, FoundRow> | undefined> {
  if (keyed.length < LEAST || !isFit(shape, keyed)) return undefined
  if (!(await stage(client, shape, bytesOf(shape, keyed, chunk)))) return undefined
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
  return found
}

/** The name of the staging table in SQL: the same for tables of the same shape alone. */
export function stagingOf({ id, fields }: TableShape): string {
  const types = fields.map(({ sqlDeclared }) => sqlDeclared).join()
  let hash = 0
  for (let at = 0; at < types.length; at++) hash = (hash * 31 + types.charCodeAt(at)) >>> 0
  return `pg_temp.tallyman_given_${id}_${hash.toString(36)}`
}

/** What the server would round or refuse is not compared there. */
function isFit({ fields }: TableShape, keyed: KeyedRow[]): boolean {
  const fits = fields.flatMap((column, at) => {
    const fit = fitFor(column)
    return fit === undefined ? [] : [{ at, fit }]
  })
  return keyed.every(
    ({ row }) =>
      row.unfit === undefined &&
      fits.every(({ at, fit }) => {
        const value = row.values[at] ?? null
        return value === null || fit(value) === undefined
      }),
  )
}

/** Records as the staging table takes them, with their numbers. */
export function stagingBytes({ fields }: TableShape, rows: Row[]): Buffer {
  const columns = [RECORD, ...fields]
  return copyBytes(
    { fields: columns },
    rows.map(({ record, values }) => [record, ...values]),
    columns.map((_, at) => at),
  )
}

/** Those of the whole chunk, if it is not much more. */
function bytesOf(shape: TableShape, keyed: KeyedRow[], chunk: GivenRows | undefined): Buffer {
  const rows = keyed.map(({ row }) => row)
  if (chunk === undefined || 2 * rows.length < chunk.rows.length) return stagingBytes(shape, rows)
  const wanted = new Set(rows)
  const isWanted = chunk.rows.map((row) => wanted.has(row))
  return copiedRows(chunk.staging.value, (at) => isWanted[at] === true)
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
