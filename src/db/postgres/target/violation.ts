import type { DatabaseError } from 'pg'
import { shorten } from '../../../domain/texts/shorten.ts'
import type { Message } from '../../../domain/words/messages.ts'
import type { Violation } from '../../../domain/records/record.ts'
import { serverError } from '../ground/sql-state.ts'
import type { Constraint, TableShape } from '../statements/shape.ts'
import { columnCopied, plainName } from './copied.ts'
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
    return { field: null, message: message('TLY-3011', wordsOf(said)) }
  const constraint = shape.constraints.find(({ name }) => name === said.constraint)
  switch (said.code) {
    case '23502':
      return {
        field: shape.isView ? fieldOf(shape, [said.column ?? '']) : (said.column ?? null),
        message: { code: 'TLY-3002', params: {} },
      }
    case '23001':
      // From PostgreSQL 18 on, said of ON DELETE RESTRICT; a trigger may say it of anything.
      return said.constraint !== undefined && (kind === 'deleted' || constraint !== undefined)
        ? referredViolation(said, shape, constraint)
        : ownWords(said, shape)
    case '23503':
      return referenceViolation(said, shape, constraint, kind)
    case '23505':
    case '23P01':
      return {
        field: fieldOf(shape, constraint?.columns),
        message: message(
          said.code === '23505' ? 'TLY-3004' : 'TLY-3017',
          takenDetail(said, shape, constraint),
        ),
        ...ofRule(constraint),
      }
    case '23514':
      if (said.routine === 'ExecFindPartition') return partitionViolation(said, shape)
      return checkViolation(said, shape, constraint)
    default:
      return ownWords(said, shape)
  }
}

function ownWords(said: DatabaseError, shape: TableShape): Violation {
  return { field: columnCopied(said, shape), message: message('TLY-3011', wordsOf(said)) }
}

/** A trigger may write other tables; a foreign key is told with the table that refers. */
function isOfOtherTable({ code, table }: DatabaseError, shape: TableShape): boolean {
  const { sql, isPartitioned, isView } = shape
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
      return { field, message: message('TLY-3003', demandOf(name, constraint)), isRule: true }
    case 'unique':
      return {
        field,
        message: message('TLY-3004', withName(columnsOf(shape, columns), name)),
        isRule: true,
      }
    case 'reference': {
      const detail = `Key (${columns.join(', ')})=(${values}) is not present in table "${rule.parentName}".`
      return { field, message: message('TLY-3005', withName(detail, name)) }
    }
  }
}

function message(code: Message['code'], detail: string): Message {
  // The sentence around it has a full stop of its own.
  return { code, params: { detail: shorten(detail.replace(/\.$/, ''), LONGEST_DETAIL) } }
}

/** What the author of a trigger raises with its message is for the one who reads it. */
function wordsOf({ message, detail, hint, routine }: DatabaseError): string {
  if (routine !== 'exec_stmt_raise') return message
  const texts = [message, detail, hint].filter((text) => text !== undefined)
  return texts.map((text) => text.replace(/\.$/, '')).join('. ')
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
  if (isReferred) return referredViolation(said, shape, constraint)
  const detail = said.detail ?? said.message
  const told = withName(detail, said.constraint)
  return { field: fieldOf(shape, constraint?.columns), message: message('TLY-3005', told) }
}

/** With the foreign key of the rows that refer, where the server tells it. */
function referredViolation(
  { table, constraint: name }: DatabaseError,
  shape: TableShape,
  constraint: Constraint | undefined,
): Violation {
  const by = table === undefined || name === undefined ? {} : { by: ` (${table}.${name})` }
  return {
    field: fieldOf(shape, constraint?.referred),
    message: { code: 'TLY-3012', params: by },
  }
}

/** With the name of the constraint, which the server's words and the columns lack. */
function withName(detail: string, name: string | undefined): string {
  return name === undefined ? detail : `${detail.replace(/\.$/, '')} (${name})`
}

function takenDetail(
  said: DatabaseError,
  shape: TableShape,
  constraint: Constraint | undefined,
): string {
  if (constraint === undefined || constraint.columns.length === 0)
    return said.constraint ?? said.message
  return withName(columnsOf(shape, constraint.columns), constraint.name)
}

function columnsOf({ name }: TableShape, columns: string[]): string {
  return columns.map((column) => `${name}.${column}`).join(', ')
}

/** With the values that no partition takes, as in `(region) = (asia)`, where the server tells them. */
function partitionViolation({ detail = '', message: said }: DatabaseError, shape: TableShape) {
  const [values, columns = ''] = /\((.*?)\) = \(.*\)/s.exec(detail) ?? []
  const told = values === undefined ? said : `${said}: ${values}`
  return { field: fieldOf(shape, columns.split(', ')), message: message('TLY-3003', told) }
}

function checkViolation(
  said: DatabaseError,
  shape: TableShape,
  constraint: Constraint | undefined,
): Violation {
  const { constraint: name = said.message, dataType } = said
  return {
    field: dataType ? fieldOfDomain(said, shape) : fieldOf(shape, constraint?.columns),
    message: message('TLY-3003', demandOf(name, constraint)),
    ...ofRule(constraint),
  }
}

/** Only COPY tells which of several columns of one domain is at fault. */
function fieldOfDomain(said: DatabaseError, shape: TableShape): string | null {
  const isOf = (declared: string) => declared.replace('[]', '') === said.dataType
  const [field, another] = shape.fields.filter(({ declared }) => isOf(declared))
  return columnCopied(said, shape) ?? (another === undefined ? (field?.name ?? null) : null)
}

/** A trigger may raise the same error with words of its own, which may quote the record. */
function ofRule(constraint: Constraint | undefined): { isRule?: true } {
  return constraint === undefined ? {} : { isRule: true }
}

/** An unnamed CHECK is reported by its condition. */
function demandOf(name: string, constraint: Constraint | undefined): string {
  const isUnnamed = /_check\d*$/.test(name)
  const [, demand] = /^CHECK \(\((.*)\)\)/s.exec(constraint?.expression ?? '') ?? []
  return isUnnamed ? (demand ?? name) : name
}
