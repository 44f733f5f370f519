import { randomUUID } from 'node:crypto'
import type Sqlite from 'better-sqlite3'
import type { EncodedRows } from '../../packed.ts'
import type { ReadPlan, RowPosition } from '../../export-rows.ts'
import {
  ALL_COMES_BACK,
  writtenAs,
  allNull,
  comesBack,
  looseCell,
  packedRow,
  type CellColumn,
} from './cells.ts'
import { rowIdentityOf } from '../connection/identity.ts'
import { keysOfColumns, keysOfRowid, type RowKeys } from './row-keys.ts'
import { storedText, type StoredText } from './stored-text.ts'
import { isSorted } from '../../../domain/records/rows-wanted.ts'
import { orderSql } from '../../row-filter.ts'
import { quoteName } from '../tables/tables.ts'
import { EVERY, whereOf, type Where } from './wanted.ts'

/** Rows that SQLite packs per statement: few at first, while their length is unknown. */
const FIRST_PIECE = 16
const LAST_PIECE = 250

type ReadRows = (after: RowPosition, loose: boolean) => RowsRead
export type RowsRead = { pieces: EncodedRows[]; rows: number; position: RowPosition }
type RowValue = string | number | bigint | Buffer | null
/** A row source: a table or a copy, its columns in SQL, and its sort key. */
type Rows = { from: string; columns: CellColumn[]; keys: RowKeys; where: Where }
type RowStatements = ReturnType<typeof prepare>

/**
 * Reads pages by keyset: by the rowid, or by the primary key of a WITHOUT ROWID table. A view has
 * neither: the first read copies it to a temporary table, sorted where the view has no ORDER BY.
 */
export function openRows(handle: Sqlite.Database, plan: ReadPlan): ReadRows {
  const text = storedText(handle)
  let opened: RowStatements | undefined
  const statements = () => (opened ??= prepare(handle, rowsOf(handle, plan, text)))

  return (after, loose) => {
    const { limit } = plan
    const pieces: EncodedRows[] = []
    let position = after
    let rows = 0
    let bytes = 0
    let next = FIRST_PIECE
    while (rows < limit.rows && bytes < limit.bytes) {
      const piece = readPiece(position, Math.min(next, limit.rows - rows), loose)
      if (piece === undefined) break
      pieces.push(piece.page)
      position = piece.position
      rows += piece.page.rows
      bytes += piece.page.bytes.length
      const fitting = Math.ceil((rows * (limit.bytes - bytes)) / Math.max(bytes, 1))
      next = Math.max(1, Math.min(fitting, next * 4, LAST_PIECE))
    }
    return { pieces, rows, position }
  }

  function readPiece(after: RowPosition, rows: number, loose: boolean) {
    const { nth, last, packed, cells, keys, where } = statements()
    const { parameters } = where
    const isStart = after === null
    const from = after === null ? [] : keys.parametersOf(after)
    const end =
      nth(isStart).get(...from, ...parameters, rows - 1) ??
      last(isStart).get(...from, ...parameters)
    if (end === undefined) return undefined

    const position = keys.positionOf(end)
    const to = keys.parametersOf(position)
    // UTF-16 text has no unused bytes to serve as end marks.
    if (loose || !text.isUtf8) {
      return { page: loosePage(cells(isStart).all(...from, ...to, ...parameters), text), position }
    }
    const [bytes, count] = packed(isStart).get(...from, ...to, ...parameters) ?? [null, 0]
    return { page: { bytes: bytes ?? Buffer.alloc(0), rows: count }, position }
  }
}

function rowsOf(handle: Sqlite.Database, plan: ReadPlan, text: StoredText): Rows {
  const { table, columns: chosen } = plan
  const found = chosen.flatMap((name) => table.columns.find((column) => column.name === name) ?? [])
  if (found.length < chosen.length) throw new Error('a column was chosen that the table has not')

  // A sorted table is copied, as a view is: its order is no key.
  const keys = isSorted(plan.wanted) ? undefined : keysOf(handle, table, text)
  const columns = found.map((column, at): CellColumn => {
    const sql = keys === undefined ? `c${at}` : quoteName(column.name)
    const written = writtenAs(column, sql)
    return table.isView
      ? { sql: written, comesBack: ALL_COMES_BACK }
      : { sql: written, comesBack: comesBack(column, sql, { isOnly: found.length === 1 }) }
  })
  const [first, ...others] = columns
  if (first !== undefined && others.length > 0 && !table.isView) {
    first.others = allNull(others.map(({ sql }) => sql))
  }
  return keys === undefined
    ? { from: copyOf(handle, plan), columns, keys: keysOfRowid('rowid'), where: EVERY }
    : { from: `main.${quoteName(table.name)}`, columns, keys, where: whereOf(plan) }
}

/** The rowid by one of its names, or the quoted primary key; undefined where `identityOf` is. */
function keysOf(
  handle: Sqlite.Database,
  table: ReadPlan['table'],
  text: StoredText,
): RowKeys | undefined {
  const columns = table.isView ? undefined : rowIdentityOf(handle, table)
  const [first] = columns ?? []
  if (columns === undefined || first === undefined) return undefined
  return first.startsWith('"') ? keysOfColumns(columns, text) : keysOfRowid(first)
}

/** Columns have no declared types, so that every value keeps its own type. */
function copyOf(handle: Sqlite.Database, plan: ReadPlan): string {
  const { table, columns: chosen, wanted } = plan
  const copy = `temp."tallyman_rows_${randomUUID()}"`
  const all = table.columns.map(({ name }) => `${quoteName(name)} collate binary`).join(', ')
  handle.exec(`create table ${copy} (${chosen.map((_, at) => `c${at}`).join(', ')})`)
  const { sql, parameters } = whereOf(plan)
  const own = orderSql(wanted, quoteName)
  const by = [...(own === '' ? [] : [own]), ...(table.isOrdered ? [] : [all])].join(', ')
  handle
    .prepare<RowValue[]>(
      `insert into ${copy} select ${chosen.map(quoteName).join(', ')}
       from main.${quoteName(table.name)} where ${sql} ${by === '' ? '' : `order by ${by}`}
       limit ${wanted.most ?? -1}`,
    )
    .run(...parameters)
  return copy
}

function prepare(handle: Sqlite.Database, { from, columns, keys, where }: Rows) {
  const by = keys.columns.join(', ')
  const down = keys.columns.map((column) => `${column} desc`).join(', ')
  const after = (isStart: boolean) => (isStart ? 'true' : `(${by}) > ${keys.bind}`)
  const page = (isStart: boolean, select: string) =>
    `select ${select} from ${from} where ${after(isStart)} and (${by}) <= ${keys.bind}
     and ${where.sql} order by ${by}`

  return {
    keys,
    where,
    nth: twice((isStart) => {
      const rest = `where ${after(isStart)} and ${where.sql} order by ${by} limit 1 offset ?`
      const one = handle.prepare<RowValue[], RowValue[]>(
        `select ${keys.select} from ${from} ${rest}`,
      )
      return one.raw(true).safeIntegers(true)
    }),
    last: twice((isStart) => {
      const rest = `where ${after(isStart)} and ${where.sql} order by ${down} limit 1`
      const one = handle.prepare<RowValue[], RowValue[]>(
        `select ${keys.select} from ${from} ${rest}`,
      )
      return one.raw(true).safeIntegers(true)
    }),
    packed: twice((isStart) => {
      const lines = page(isStart, `${packedRow(columns)} as line`)
      const select = `select cast(group_concat(line, '') as blob), count(*) from (${lines})`
      return handle.prepare<RowValue[], [Buffer | null, number]>(select).raw(true)
    }),
    cells: twice((isStart) => {
      const select = page(isStart, columns.map(looseCell).join(', '))
      return handle.prepare<RowValue[], (Buffer | null)[]>(select).raw(true)
    }),
  }
}

/** One statement for the first page and one for later pages. */
function twice<Statement>(make: (isStart: boolean) => Statement): (isStart: boolean) => Statement {
  const start = make(true)
  const next = make(false)
  return (isStart) => (isStart ? start : next)
}

/** Each cell starts with its sign and is in the database's encoding. */
function loosePage(rows: (Buffer | null)[][], text: StoredText): EncodedRows {
  const cells = rows.flat().map((cell) => (cell === null ? Buffer.alloc(0) : text.toUtf8(cell)))
  const lengths = cells.map((cell) => cell.length)
  return { bytes: Buffer.concat(cells), rows: rows.length, lengths }
}
