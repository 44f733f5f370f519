import type { ColumnInfo, ColumnType } from '../../../domain/records/table.ts'
import {
  WRITTEN_DATES,
  type WrittenKey,
} from '../../../domain/specification/fields/named-formats.ts'
import type { ExportSpecification } from '../../../domain/specification/specification.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import type { Typed } from '../step.ts'
import { formatAnswers, formatIn } from './written-format.ts'

type Columns = Pick<ExportSpecification, 'columns' | 'names' | 'fields'>

const AMOUNTS = ['currency_comma', 'currency_point'] as const
const WORDS = ['yes_no', 'si_no'] as const

/** The formats in which the values of a column of the type can be written. */
export const FORMATS_WRITTEN: Record<ColumnType, readonly WrittenKey[]> = {
  integer: ['decimal_comma', 'decimal_point', ...AMOUNTS, ...WORDS],
  number: ['plain_comma', 'decimal_comma', 'decimal_point', ...AMOUNTS, 'percent'],
  boolean: WORDS,
  date: WRITTEN_DATES,
  datetime: WRITTEN_DATES,
  text: WRITTEN_DATES,
  blob: [],
  any: WRITTEN_DATES,
}

/** The columns of a table: those that are written in their order, then the others. */
export function inOrder(table: ColumnInfo[], { columns }: Columns): ColumnInfo[] {
  const place = ({ name }: ColumnInfo) => {
    const at = columns.indexOf(name)
    return at === -1 ? Infinity : at
  }
  return table.toSorted((a, b) => Math.sign(place(a) - place(b)) || 0)
}

/** The answers about the columns that are written; a format that no form offers is `own`. */
export function columnAnswers(table: ColumnInfo[], { columns, names, fields }: Columns): Typed {
  const taken = columns.length === 0 ? table.map(({ name }) => name) : [...new Set(columns)]
  const answers: Record<string, string> = {}
  taken.forEach((name, at) => {
    answers[`take:${name}`] = 'yes'
    answers[`place:${name}`] = String(at + 1)
  })
  for (const { name } of table) {
    const format = fields[name]?.format ?? null
    answers[`title:${name}`] = names[name] ?? ''
    Object.assign(answers, formatAnswers(name, format))
  }
  return answers
}

/** The inverse. @throws InvalidInputError where no column is chosen, or a place is none */
export function columnsIn(typed: Typed, table: ColumnInfo[], old: Columns): Columns {
  const before = columnAnswers(table, old)
  const rank = (name: string) => rankOf(typed[`place:${name}`], before[`place:${name}`])
  const taken = inOrder(table, old)
    .map(({ name }) => name)
    .filter((name) => typed[`take:${name}`] === 'yes')
    .toSorted((a, b) => rank(a) - rank(b))
  if (taken.length === 0)
    throw new InvalidInputError({ problem: 'no_columns' }, { at: ['columns'] })
  for (const column of taken) requirePlace(column, typed[`place:${column}`] ?? '')
  return {
    columns: asSaid(taken, table, old),
    names: Object.fromEntries(taken.flatMap((name) => titleIn(typed, name))),
    fields: Object.fromEntries(taken.flatMap((name) => formatIn(typed, name, old))),
  }
}

/** None is written: the column stands behind the others. */
function requirePlace(column: string, place: string): void {
  if (place.trim() === '' || /^[1-9]\d{0,4}$/.test(place.trim())) return
  throw new InvalidInputError({ problem: 'no_place', column, place }, { at: ['columns'] })
}

/** A column that gets the place of another stands before it, or behind it where it comes from above. */
function rankOf(typed: string | undefined, before: string | undefined): number {
  const [asked, place] = [Number(typed || NaN), Number(before ?? NaN)]
  if (Number.isNaN(asked)) return Number.isNaN(place) ? Infinity : place
  return asked === place ? place : asked > place ? asked + 0.5 : asked - 0.5
}

/** All columns of the table also mean those that it will have; a column may be written twice. */
function asSaid(taken: string[], table: ColumnInfo[], { columns }: Columns): string[] {
  const isSame = (names: string[]) => JSON.stringify(names) === JSON.stringify(taken)
  if (isSame([...new Set(columns)])) return columns
  return isSame(table.map(({ name }) => name)) ? [] : taken
}

function titleIn(typed: Typed, name: string): [string, string][] {
  const title = (typed[`title:${name}`] ?? '').trim()
  return title === '' || title === name ? [] : [[name, title]]
}
