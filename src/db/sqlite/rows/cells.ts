import { CELL_END, EMPTY, ODD, ROW_END, SIGNS } from '../../packed.ts'
import type { ColumnInfo } from '../../../domain/records/table.ts'

/** SQLite takes at most 127 arguments in the oldest version that knows `concat_ws`. */
const CELLS_A_CALL = 100

/** A column as it is read: its name in SQL, and which of its values an import gives back. */
export type CellColumn = {
  sql: string
  comesBack: ComesBack
  /** Where this is NULL: whether all others are, too. A row of nothing does not come back. */
  others?: string | undefined
}

/**
 * Which values an import into the same column makes of what is written of them: of texts and numbers
 * a condition in SQL, or that it is always or never so.
 */
export type ComesBack = {
  text: string
  number: string
  emptyText: boolean
  bytes: boolean
  emptyBytes: boolean
  null: boolean
}

const ALWAYS = 'true'
const NEVER = 'false'

/** For what no import gets. */
export const ALL_COMES_BACK: ComesBack = {
  text: ALWAYS,
  number: ALWAYS,
  emptyText: true,
  bytes: true,
  emptyBytes: true,
  null: true,
}

const DATE_LENGTH = 10
/** Digits of a whole number that an import takes for a time: seconds, or thousandths, or millionths. */
const EPOCH_DIGITS = '9, 10, 12, 13, 15, 16'

/**
 * What the import says of a type, as far as it can be asked cheaply: what is left is what it
 * refuses, with its reason, such as a fraction in a column of whole numbers.
 */
export function comesBack(
  column: ColumnInfo,
  sql: string,
  { isOnly }: { isOnly: boolean },
): ComesBack {
  if (column.generated) return ALL_COMES_BACK
  const takesTexts = column.type === 'text' || column.type === 'any'
  const hasDefault = column.defaultSql !== null && !/^null$/i.test(column.defaultSql)
  return {
    ...valuesComeBack(column, sql),
    emptyText: takesTexts,
    bytes: column.type === 'blob',
    emptyBytes: false,
    // Alone in its row it is written as an empty text, since an empty line is no record.
    null: isOnly && takesTexts ? false : !hasDefault,
  }
}

function valuesComeBack(
  { type, affinity, maxLength }: ColumnInfo,
  sql: string,
): Pick<ComesBack, 'text' | 'number'> {
  switch (type) {
    case 'text':
      return { text: maxLength === null ? ALWAYS : isWithin(sql, maxLength), number: NEVER }
    case 'any':
      return { text: ALWAYS, number: affinity === 'blob' ? NEVER : isFinite(sql) }
    case 'integer':
    case 'number':
      return { text: NEVER, number: ALWAYS }
    case 'boolean':
      return { text: `(${sql} = 0 or ${sql} = 1)`, number: NEVER }
    case 'date':
      return { text: isDateText(sql), number: isEpoch(sql) }
    case 'datetime':
      return { text: isTimeText(sql), number: isEpoch(sql) }
    case 'blob':
      return { text: NEVER, number: NEVER }
  }
}

function isWithin(sql: string, length: number): string {
  return `(octet_length(${sql}) <= ${length} or length(${sql}) <= ${length})`
}

/** Infinity is no number to SQLite where it is written as a text. */
function isFinite(sql: string): string {
  return `${sql} between -${Number.MAX_VALUE} and ${Number.MAX_VALUE}`
}

function isDateText(sql: string): string {
  return `${beginsWithDigit(sql)} and length(${sql}) = ${DATE_LENGTH}`
}

function isTimeText(sql: string): string {
  return `${beginsWithDigit(sql)} and ${sql} not glob '* '`
}

function beginsWithDigit(sql: string): string {
  return `${sql} >= '0' collate binary and ${sql} < ':' collate binary`
}

function isEpoch(sql: string): string {
  return `typeof(${sql}) = 'integer' and length(${sql}) - (${sql} < 0) in (${EPOCH_DIGITS})`
}

/** What is written of a column, in SQL: of what is yes or no the words, of all others the value. */
export function writtenAs({ type }: ColumnInfo, sql: string): string {
  return type === 'boolean'
    ? `case ${sql} when 1 then 'true' when 0 then 'false' else ${sql} end`
    : sql
}

/** A row in one text, as `Packed` describes it. */
export function packedRow(columns: CellColumn[]): string {
  return `${join(columns.map(packedCell))} || ${byte(ROW_END)}`
}

/**
 * Comparisons tell the kind of a value, as numbers < texts < blobs; they cost a third of `typeof`.
 * What comes back is asked for first. A text that is no UTF-8 and looks like a mark becomes a cell
 * too many, so that the page is read loosely.
 */
function packedCell({ sql: c, comesBack: back, others }: CellColumn): string {
  const isText = `${c} > '' collate binary and ${c} < ${byte(ODD)} collate binary`
  const isNumber = `${c} < '' collate binary`
  const usual = (is: string, does: string) => {
    if (does === NEVER) return []
    return [`when ${is}${does === ALWAYS ? '' : ` and ${does}`} then ${c}`]
  }
  const mark = (isUsual: boolean, cell: string) => (isUsual ? cell : `${byte(ODD)} || ${cell}`)
  return `case ${[...usual(isText, back.text), ...usual(isNumber, back.number)].join(' ')}
    ${others === undefined ? '' : `when ${c} is null and ${others} then ${byte(ODD)}`}
    when ${c} is null then ${mark(back.null, `''`)}
    when ${isText} or ${isNumber} then ${byte(ODD)} || ${c}
    when ${c} > '' collate binary and ${c} < x'' then ${byte(CELL_END)}
    when ${c} = '' collate binary then ${mark(back.emptyText, byte(EMPTY))}
    when ${c} = x'' then ${mark(back.emptyBytes, byte(EMPTY))}
    else ${mark(back.bytes, `lower(hex(${c}))`)} end`
}

/** One column, as `Packed` describes it where there are lengths; its bytes are in the encoding of the database. */
export function looseCell({ sql: c, comesBack: back, others = NEVER }: CellColumn): string {
  const mark = (isUsual: boolean | string) => {
    if (typeof isUsual === 'string')
      return `case when ${isUsual} then '${SIGNS.usual}' else '${SIGNS.odd}' end`
    return `'${isUsual ? SIGNS.usual : SIGNS.odd}'`
  }
  return `cast(case typeof(${c})
    when 'null' then case when ${others} then '${SIGNS.oddNull}'
      else ${back.null ? 'null' : `'${SIGNS.oddNull}'`} end
    when 'text' then case when ${c} = '' collate binary then ${mark(back.emptyText)}
      else ${mark(back.text)} end || ${c}
    when 'blob' then case when ${c} = x'' then ${mark(back.emptyBytes)}
      else ${mark(back.bytes)} end || lower(hex(${c}))
    else ${mark(back.number)} || ${c} end as blob)`
}

/** Whether all of these are NULL. */
export function allNull(columns: string[]): string {
  const parts: string[] = []
  for (let at = 0; at < columns.length; at += CELLS_A_CALL) {
    parts.push(`coalesce(${columns.slice(at, at + CELLS_A_CALL).join(', ')}, null) is null`)
  }
  return parts.join(' and ')
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
