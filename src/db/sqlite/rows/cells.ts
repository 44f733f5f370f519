import { CELL_END, EMPTY, ODD, ROW_END, SIGNS } from '../../packed.ts'
import type { ColumnInfo } from '../../../domain/records/table.ts'

/** Below 127, the maximum number of arguments in the oldest SQLite version that has `concat_ws`. */
const CELLS_A_CALL = 100

/** A column to read: its SQL name, and which of its values an import gives back unchanged. */
export type CellColumn = {
  sql: string
  comesBack: ComesBack
  /** Where this is NULL: whether all others are. A row of NULLs does not come back. */
  others?: string | undefined
}

/**
 * Which values an import into the same column restores from the exported text: for texts and
 * numbers an SQL condition, which may be constant; otherwise a boolean.
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

/** For values that are never imported, such as those of generated columns. */
export const ALL_COMES_BACK: ComesBack = {
  text: ALWAYS,
  number: ALWAYS,
  emptyText: true,
  bytes: true,
  emptyBytes: true,
  null: true,
}

const DATE_LENGTH = 10
/** Digits of an integer that an import reads as a time in seconds, ms or µs. */
const EPOCH_DIGITS = '9, 10, 12, 13, 15, 16'

/**
 * The import's rules for a type, as far as SQL can check them cheaply. The remaining values are
 * those that an import refuses with a reason, such as a fraction in an integer column.
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
    // A lone null cell is exported as an empty text, since an empty line is no record.
    null: isOnly && takesTexts ? false : !hasDefault,
  }
}

function valuesComeBack(
  { type, conversion, maxLength }: ColumnInfo,
  sql: string,
): Pick<ComesBack, 'text' | 'number'> {
  switch (type) {
    case 'text':
      return { text: maxLength === null ? ALWAYS : isWithin(sql, maxLength), number: NEVER }
    case 'any':
      return { text: ALWAYS, number: conversion === 'blob' ? NEVER : isFinite(sql) }
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

/** SQLite does not read the text of an infinity as a number. */
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

/** The exported value in SQL: `true` or `false` for booleans, else the value itself. */
export function writtenAs({ type }: ColumnInfo, sql: string): string {
  return type === 'boolean'
    ? `case ${sql} when 1 then 'true' when 0 then 'false' else ${sql} end`
    : sql
}

/** A row as one text, in the format of `EncodedRows`. */
export function packedRow(columns: CellColumn[]): string {
  return `${join(columns.map(packedCell))} || ${byte(ROW_END)}`
}

/**
 * Comparisons determine a value's type, as numbers < texts < blobs, at a third of the cost of
 * `typeof`. Values that come back are tested first. Invalid UTF-8 that looks like a mark adds a
 * cell, so that the page is read again with `loose`.
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

/** One column in the format of `EncodedRows` with lengths; bytes are in the database's encoding. */
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

/** An SQL condition: whether all of these columns are NULL. */
export function allNull(columns: string[]): string {
  const parts: string[] = []
  for (let at = 0; at < columns.length; at += CELLS_A_CALL) {
    parts.push(`coalesce(${columns.slice(at, at + CELLS_A_CALL).join(', ')}, null) is null`)
  }
  return parts.join(' and ')
}

/** `concat_ws` skips NULLs, so no cell may be NULL. */
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
