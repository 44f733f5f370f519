import type { DatabaseError } from 'pg'
import { shorten } from '../../../domain/texts/shorten.ts'
import type { Message } from '../../../domain/words/messages.ts'
import type { Violation } from '../../../domain/records/record.ts'
import { serverError } from '../ground/sql-state.ts'
import type { Constraint, TableShape } from '../statements/shape.ts'
import type { BrokenRule } from './rules/foresee.ts'

/** Maximum number of characters: a trigger's message may contain a whole value. */
const LONGEST_DETAIL = 1_000

type Kind = 'inserted' | 'updated' | 'deleted'

/**
 * Converts a record's error into its violation.
 * @throws the error, where it is not the server's
 */
export function violationOf(error: unknown, shape: TableShape, kind: Kind): Violation {
  const said = serverError(error)
  if (said === undefined) throw error
  if (isOfOtherTable(said, shape))
    return { field: null, message: message('TLY-3011', said.message) }
  const constraint = shape.constraints.find(({ name }) => name === said.constraint)
  switch (said.code) {
    case '23502':
      return {
        field: shape.isView ? fieldOf(shape, [said.column ?? '']) : (said.column ?? null),
        message: { code: 'TLY-3002', params: {} },
      }
    case '23503':
      return referenceViolation(said, shape, constraint, kind)
    case '23505':
    case '23P01':
      return {
        field: fieldOf(shape, constraint?.columns),
        message: message('TLY-3004', uniqueDetail(said, shape, constraint)),
      }
    case '23514':
      return checkViolation(said, shape, constraint)
    default:
      return { field: columnCopied(said, shape), message: message('TLY-3011', said.message) }
  }
}

/** A trigger may write other tables; a foreign key is told with the table that refers. */
function isOfOtherTable(
  { code, table }: DatabaseError,
  { sql, isPartitioned, isView }: TableShape,
): boolean {
  const isOfRow = code === '23502' || code === '23505' || code === '23P01' || code === '23514'
  return isOfRow && table !== undefined && !isPartitioned && !isView && table !== plainName(sql)
}

/** The violation of a rule that was found broken before the record was written. */
export function violationOfRule({ rule, values }: BrokenRule, shape: TableShape): Violation {
  const { kind, name, columns } = rule
  const constraint = shape.constraints.find((one) => one.isOwn && one.name === name)
  const field = fieldOf(shape, columns)
  switch (kind) {
    case 'required':
      return { field, message: { code: 'TLY-3002', params: {} } }
    case 'check':
      return { field, message: message('TLY-3003', demandOf(name, constraint)) }
    case 'unique':
      return { field, message: message('TLY-3004', columnsOf(shape, columns)) }
    case 'reference': {
      const detail = `Key (${columns.join(', ')})=(${values}) is not present in table "${rule.parentName}".`
      return { field, message: message('TLY-3005', detail) }
    }
  }
}

/** The row, from 0, at which a COPY failed; undefined where the error does not say. */
export function rowCopied(error: unknown, { sql }: TableShape): number | undefined {
  const context = contextOf(serverError(error), sql)
  const [number] = context === undefined ? [] : (/\d+/.exec(context) ?? [])
  return number === undefined ? undefined : Number(number) - 1
}

/** The part after the table's name in `COPY person, line 3, column age: "x"`, in any language. */
function contextOf(said: DatabaseError | undefined, sql: string): string | undefined {
  const lines = said?.where?.split('\n') ?? []
  const line = lines.find((one) => one.startsWith('COPY '))
  const name = plainName(sql)
  return line?.startsWith(`COPY ${name}`) === true ? line.slice(5 + name.length) : undefined
}

/** The table's own name, without its schema. */
function plainName(sql: string): string {
  const [, name = ''] = /^(?:"(?:[^"]|"")+"|[^".]+)\.(.*)$/s.exec(sql) ?? []
  return name.replace(/^"|"$/g, '').replaceAll('""', '"')
}

function columnCopied(said: DatabaseError, { sql, fields }: TableShape): string | null {
  const context = contextOf(said, sql) ?? ''
  const named = fields.filter(({ name }) => context.includes(` ${name}:`))
  return named.toSorted((a, b) => b.name.length - a.name.length)[0]?.name ?? null
}

function message(code: Message['code'], detail: string): Message {
  // The sentence around it has a full stop of its own.
  return { code, params: { detail: shorten(detail.replace(/\.$/, ''), LONGEST_DETAIL) } }
}

/** The first of the columns that the records fill. */
function fieldOf({ fields }: TableShape, columns: string[] = []): string | null {
  return columns.find((column) => fields.some(({ name }) => name === column)) ?? null
}

/** A missing parent row, or a row with children: in a self-reference, the columns tell which. */
function referenceViolation(
  said: DatabaseError,
  shape: TableShape,
  constraint: Constraint | undefined,
  kind: Kind,
): Violation {
  const [, columns = ''] = /\((.*?)\)=\(/.exec(said.detail ?? '') ?? []
  const isReferred =
    kind === 'deleted' ||
    (constraint !== undefined &&
      constraint.referred.join(', ') === columns &&
      constraint.columns.join(', ') !== columns)
  if (isReferred) return { field: null, message: { code: 'TLY-3012', params: {} } }
  const detail = said.detail ?? said.message
  return { field: fieldOf(shape, constraint?.columns), message: message('TLY-3005', detail) }
}

function uniqueDetail(
  said: DatabaseError,
  shape: TableShape,
  constraint: Constraint | undefined,
): string {
  if (constraint === undefined || constraint.columns.length === 0)
    return said.constraint ?? said.message
  return columnsOf(shape, constraint.columns)
}

function columnsOf({ name }: TableShape, columns: string[]): string {
  return columns.map((column) => `${name}.${column}`).join(', ')
}

function checkViolation(
  said: DatabaseError,
  shape: TableShape,
  constraint: Constraint | undefined,
): Violation {
  const { constraint: name = said.message, dataType } = said
  const ofDomain = shape.fields.find(({ declared }) => declared === dataType)?.name
  return {
    field: ofDomain ?? fieldOf(shape, constraint?.columns),
    message: message('TLY-3003', demandOf(name, constraint)),
  }
}

/** An unnamed CHECK is reported by its condition. */
function demandOf(name: string, constraint: Constraint | undefined): string {
  const isUnnamed = /_check\d*$/.test(name)
  const [, demand] = /^CHECK \(\((.*)\)\)/s.exec(constraint?.expression ?? '') ?? []
  return isUnnamed ? (demand ?? name) : name
}
