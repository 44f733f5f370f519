import Sqlite from 'better-sqlite3'
import { UnusableError } from '../../../domain/words/errors.ts'
import type { Message } from '../../../domain/words/messages.ts'
import { shorten } from '../../../domain/texts/shorten.ts'
import type { Violation, WritePlan } from '../../../domain/records/record.ts'
import { prepareStatements } from '../statements/statements.ts'
import { isSqlFault, usable } from '../tables/usable.ts'

/** What a trigger says may hold a whole value. */
const LONGEST_DETAIL = 1_000

/**
 * Turns an error of one statement into what is wrong with the record.
 * @throws UnusableError where a rule of the table has undone the batch, and as it came what is no
 * fault of the record
 */
export function violationOf(error: unknown, plan: WritePlan, handle: Sqlite.Database): Violation {
  const { table, fields } = plan
  // A function failed at this record, unless the table was changed meanwhile.
  if (isSqlFault(error)) usable(handle, table.name, () => prepareStatements(handle, plan))
  const violation = reading(error, fields)
  // What is written from here on would be kept at once, whatever becomes of the batch.
  if (!handle.inTransaction) {
    throw new UnusableError({ problem: 'table_rolls_back', table: table.name })
  }
  return violation
}

function reading(error: unknown, fields: string[]): Violation {
  if (!(error instanceof Sqlite.SqliteError)) throw error
  // A trigger has to do with the very row that is written: SQLite itself says no more.
  const said =
    error.code === 'SQLITE_CONSTRAINT_PINNED' ? `${error.message} (${error.code})` : error.message
  const detail = said.replace(/^[A-Z ]+constraint failed: /, '')
  const column = columnsIn(detail)
  const message = (code: Message['code']): Message => ({
    code,
    params: { detail: shorten(detail, LONGEST_DETAIL) },
  })

  switch (error.code) {
    case 'SQLITE_CONSTRAINT_NOTNULL':
      return { field: column, message: { code: 'TLY-3002', params: {} } }
    case 'SQLITE_CONSTRAINT_CHECK':
      return {
        field: fields.find((field) => mentions(detail, field)) ?? null,
        message: message('TLY-3003'),
      }
    case 'SQLITE_CONSTRAINT_UNIQUE':
    case 'SQLITE_CONSTRAINT_PRIMARYKEY':
    case 'SQLITE_CONSTRAINT_ROWID':
      return { field: column, message: message('TLY-3004') }
    case 'SQLITE_CONSTRAINT_FOREIGNKEY':
      return { field: null, message: message('TLY-3005') }
    case 'SQLITE_CONSTRAINT_TRIGGER':
      // The code of RAISE in a trigger is that of a foreign key which says RESTRICT, too.
      return error.message === 'FOREIGN KEY constraint failed'
        ? { field: null, message: { code: 'TLY-3012', params: {} } }
        : { field: null, message: message('TLY-3011') }
    // Of a statement that could be prepared: what a CHECK or a trigger makes of the values.
    case 'SQLITE_ERROR':
    case 'SQLITE_MISMATCH':
    case 'SQLITE_TOOBIG':
      return { field: null, message: message('TLY-3011') }
    default:
      // Among them rules that later versions of SQLite may have.
      if (!error.code.startsWith('SQLITE_CONSTRAINT')) throw error
      return { field: null, message: message('TLY-3011') }
  }
}

/** `UNIQUE constraint failed: t.a, t.b` is about a. */
function columnsIn(detail: string): string | null {
  return /^[^.]+\.([^,]+)/.exec(detail)?.[1] ?? null
}

function mentions(expression: string, field: string): boolean {
  return new Set(expression.toLowerCase().split(/\W+/)).has(field.toLowerCase())
}
