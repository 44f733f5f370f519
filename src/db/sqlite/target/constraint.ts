import Sqlite from 'better-sqlite3'
import { UnusableError } from '../../../domain/words/errors.ts'
import type { Message } from '../../../domain/words/messages.ts'
import { shorten } from '../../../domain/texts/shorten.ts'
import type { Violation, WritePlan } from '../../../domain/records/record.ts'
import { prepareStatements } from '../statements/statements.ts'
import { isSqlFault, usable } from '../tables/usable.ts'

/** Maximum number of characters: a trigger's message may contain a whole value. */
const LONGEST_DETAIL = 1_000

/**
 * Converts a statement's error into the record's violation.
 * @throws UnusableError where a rule of the table has rolled back the batch; errors that are not
 * the record's fault are rethrown
 */
export function violationOf(error: unknown, plan: WritePlan, handle: Sqlite.Database): Violation {
  const { table, fields } = plan
  // A function failed at this record, unless the table has changed meanwhile.
  if (isSqlFault(error)) usable(handle, table.name, () => prepareStatements(handle, plan))
  const violation = reading(error, fields)
  // Outside a transaction, later writes would commit at once, whatever happens to the batch.
  if (!handle.inTransaction) {
    throw new UnusableError({ problem: 'table_rolls_back', table: table.name })
  }
  return violation
}

function reading(error: unknown, fields: string[]): Violation {
  if (!(error instanceof Sqlite.SqliteError)) throw error
  // A trigger touched the very row that is being written; SQLite's message does not say so.
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
        isRule: true,
      }
    case 'SQLITE_CONSTRAINT_UNIQUE':
    case 'SQLITE_CONSTRAINT_PRIMARYKEY':
    case 'SQLITE_CONSTRAINT_ROWID':
      return { field: column, message: message('TLY-3004'), isRule: true }
    case 'SQLITE_CONSTRAINT_FOREIGNKEY':
      return { field: null, message: message('TLY-3005'), isRule: true }
    case 'SQLITE_CONSTRAINT_TRIGGER':
      // RAISE in a trigger and a RESTRICT foreign key have the same error code.
      return error.message === 'FOREIGN KEY constraint failed'
        ? { field: null, message: { code: 'TLY-3012', params: {} } }
        : { field: null, message: message('TLY-3011') }
    // The statement was prepared, so a CHECK or trigger failed on the values.
    case 'SQLITE_ERROR':
    case 'SQLITE_MISMATCH':
    case 'SQLITE_TOOBIG':
      return { field: null, message: message('TLY-3011') }
    default:
      // Constraint codes include those that later SQLite versions may add.
      if (!error.code.startsWith('SQLITE_CONSTRAINT')) throw error
      return { field: null, message: message('TLY-3011') }
  }
}

/** The first column: `UNIQUE constraint failed: t.a, t.b` gives a. */
function columnsIn(detail: string): string | null {
  return /^[^.]+\.([^,]+)/.exec(detail)?.[1] ?? null
}

function mentions(expression: string, field: string): boolean {
  return new Set(expression.toLowerCase().split(/\W+/)).has(field.toLowerCase())
}
