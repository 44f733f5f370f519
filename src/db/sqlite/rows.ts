import { randomUUID } from 'node:crypto'
import type Sqlite from 'better-sqlite3'
import { CELL_END, EMPTY, pack, ROW_END, type Packed } from '../packed.ts'
import type { ColumnInfo, ReadPlan, RowPosition } from '../target.ts'
import { identityOf } from './identity.ts'
import { quoteName } from './tables.ts'

/** SQLite takes at most 127 arguments in the oldest version that knows `concat_ws`. */
const CELLS_A_CALL = 100
/** SQLite builds the text of so many rows at once: few where nothing is known of their length yet. */
const FIRST_PIECE = 16
const LAST_PIECE = 250

type ReadRows = (
  after: RowPosition,
  decoded: boolean,
) => { pieces: Buffer[]; rows: number; position: RowPosition }
type Key = string | number | bigint | Buffer
/** What is read: a table of its own name, or a copy, its columns in SQL, and its order. */
type Rows = { from: string; columns: string[]; types: ColumnInfo['type'][]; by: string[] }
type Statements = ReturnType<typeof prepare>

/**
 * Reads pages by key: by the rowid, which is never null and always in order, or by the primary key
 * of a table that has none. A view has neither: a sorted copy of it, which only this connection
 * sees, is made with the first read.
 */
export function openRows(handle: Sqlite.Database, plan: ReadPlan): ReadRows {
  const key = plan.table.isView ? undefined : identityOf(handle, plan.table)
  const copy = key === undefined ? `temp."tallyman_rows_${randomUUID()}"` : undefined
  let opened: Statements | undefined
  const statements = () => (opened ??= prepare(handle, rowsOf(handle, plan, key, copy)))
  // Text that lies there in UTF-16 has no bytes to mark the ends of cells with.
  const isUtf8 = handle.pragma('encoding', { simple: true }) === 'UTF-8'

  return (after, decoded) => {
    const { limit } = plan
    const pieces: Buffer[] = []
    let position = after
    let rows = 0
    let bytes = 0
    let next = FIRST_PIECE
    while (rows < limit.rows && bytes < limit.bytes) {
      const piece = readPiece(position, Math.min(next, limit.rows - rows), decoded)
      if (piece === undefined) break
      pieces.push(piece.page.bytes)
      position = piece.position
      rows += piece.page.rows
      bytes += piece.page.bytes.length
      const fitting = Math.ceil((rows * (limit.bytes - bytes)) / Math.max(bytes, 1))
      next = Math.max(1, Math.min(fitting, next * 4, LAST_PIECE))
    }
    return { pieces, rows, position }
  }

  function readPiece(position: RowPosition, rows: number, decoded: boolean) {
    const { nth, last, packed, cells } = statements()
    const isStart = position === null
    const from = (position ?? []).map(keyFrom)
    const to = nth(isStart).get(...from, rows - 1) ?? last(isStart).get(...from)
    if (to === undefined) return undefined

    let page: Packed
    if (isUtf8 && !decoded) {
      const [bytes, count] = packed(isStart).get(...from, ...to) ?? [null, 0]
      page = { bytes: bytes ?? Buffer.alloc(0), rows: count }
    } else {
      page = pack(cells(isStart).all(...from, ...to))
    }
    return { page, position: to.map(keyTo) }
  }
}

function rowsOf(
  handle: Sqlite.Database,
  { table, columns: chosen }: ReadPlan,
  key: string[] | undefined,
  copy: string | undefined,
): Rows {
  const found = chosen.map((name) => table.columns.find((column) => column.name === name))
  const columns = chosen.map(quoteName)
  const types = found.map((column) => column?.type ?? 'any')
  if (found.includes(undefined)) throw new Error('a column was chosen that the table has not')
  if (key !== undefined) return { from: `main.${quoteName(table.name)}`, columns, types, by: key }

  // Without types, so that every value stays as it is.
  const names = columns.map((_, at) => `c${at}`)
  const all = table.columns.map(({ name }) => `${quoteName(name)} collate binary`).join(', ')
  handle.exec(`create table ${copy} (${names.join(', ')})`)
  handle.exec(
    `insert into ${copy} select ${columns.join(', ')}
     from main.${quoteName(table.name)} order by ${all}`,
  )
  return { from: `${copy}`, columns: names, types, by: ['rowid'] }
}

function prepare(handle: Sqlite.Database, { from, columns, types, by }: Rows) {
  const keys = by.join(', ')
  const bind = `(${by.map(() => '?').join(', ')})`
  const down = by.map((column) => `${column} desc`).join(', ')
  const cells = columns.map((column, at) => packedCell(column, types[at]))
  const line = `${join(cells)} || ${byte(ROW_END)}`
  const text = (column: string) =>
    `case when typeof(${column}) = 'blob' then ${column} else cast(${column} as text) end`
  const after = (isStart: boolean) => (isStart ? 'true' : `(${keys}) > ${bind}`)
  const page = (isStart: boolean, select: string) =>
    `select ${select} from ${from} where ${after(isStart)} and (${keys}) <= ${bind} order by ${keys}`

  return {
    nth: twice((isStart) => {
      const where = `where ${after(isStart)} order by ${keys} limit 1 offset ?`
      const one = handle.prepare<Key[], Key[]>(`select ${keys} from ${from} ${where}`)
      return one.raw(true).safeIntegers(true)
    }),
    last: twice((isStart) => {
      const where = `where ${after(isStart)} order by ${down} limit 1`
      const one = handle.prepare<Key[], Key[]>(`select ${keys} from ${from} ${where}`)
      return one.raw(true).safeIntegers(true)
    }),
    packed: twice((isStart) => {
      const lines = page(isStart, `${line} as line`)
      const select = `select cast(group_concat(line, '') as blob), count(*) from (${lines})`
      return handle.prepare<Key[], [Buffer | null, number]>(select).raw(true)
    }),
    cells: twice((isStart) => {
      const select = page(isStart, columns.map(text).join(', '))
      return handle.prepare<Key[], (string | Buffer | null)[]>(select).raw(true)
    }),
  }
}

/** One statement for the first page and one for those after it. */
function twice<Statement>(make: (isStart: boolean) => Statement): (isStart: boolean) => Statement {
  const start = make(true)
  const next = make(false)
  return (isStart) => (isStart ? start : next)
}

/**
 * Comparisons tell the kind of a value, as numbers < texts < blobs; they cost a third of `typeof`.
 * The kind that the column most likely holds is asked for first. A text that is no UTF-8 and looks
 * like the mark of an empty one becomes a cell too many, so that the page is read decoded.
 */
function packedCell(column: string, type: ColumnInfo['type'] | undefined): string {
  const isText = `when ${column} > '' collate binary and ${column} < ${byte(EMPTY)} collate binary
    then ${column}`
  const isNumber = `when ${column} < '' collate binary then ${column}`
  const likely = type === 'integer' || type === 'number' ? [isNumber, isText] : [isText, isNumber]
  return `case ${likely.join(' ')}
    when ${column} = ${byte(EMPTY)} collate binary then ${byte(CELL_END)}
    when ${column} > '' collate binary and ${column} < x'' then ${column}
    when ${column} = '' collate binary or ${column} = x'' then ${byte(EMPTY)}
    else lower(hex(${column})) end`
}

/** No cell is null, which would be left out. */
function join(cells: string[]): string {
  const joined: string[] = []
  for (let at = 0; at < cells.length; at += CELLS_A_CALL) {
    const some = cells.slice(at, at + CELLS_A_CALL)
    joined.push(`concat_ws(${byte(CELL_END)}, ${some.join(', ')})`)
  }
  return joined.length === 1 ? joined.join('') : join(joined)
}

function byte(value: number): string {
  return `cast(x'${value.toString(16)}' as text)`
}

/** A key goes through JSON, and comes back as the same value of the same kind. */
function keyTo(key: Key): string | number {
  if (typeof key === 'number') return key
  if (typeof key === 'bigint') return `integer ${key}`
  return typeof key === 'string' ? `text ${key}` : `blob ${key.toString('hex')}`
}

function keyFrom(key: NonNullable<RowPosition>[number]): Key {
  if (typeof key === 'number') return key
  const value = key.slice(key.indexOf(' ') + 1)
  if (key.startsWith('integer ')) return BigInt(value)
  return key.startsWith('text ') ? value : Buffer.from(value, 'hex')
}
