import Sqlite from 'better-sqlite3'
import { UnusableError } from '../../../domain/words/errors.ts'
import type { StorableProblem } from '../../../domain/words/problems.ts'

/**
 * Runs work that depends on the definition of a table or view.
 * @throws UnusableError where the database can't compile its definition
 */
export function usable<Result>(handle: Sqlite.Database, name: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    const problem = faultOf(handle, name, error)
    throw problem === undefined ? error : new UnusableError(problem)
  }
}

/** Whether it is an SQL error, not one of the disk, a lock or a record's values. */
export function isSqlFault(error: unknown): error is Error {
  return error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_ERROR')
}

function faultOf(
  handle: Sqlite.Database,
  table: string,
  error: unknown,
): StorableProblem | undefined {
  if (!isSqlFault(error)) return undefined
  const { message } = error
  const [, child, parent] = /^foreign key mismatch - "(.*)" referencing "(.*)"$/.exec(message) ?? []
  if (child !== undefined && parent !== undefined) {
    const columns = columnsReferred(handle, child, parent).join(', ')
    return { problem: 'foreign_key_mismatch', child, parent, columns }
  }
  const lacking = /^(?:no such|unknown) (function|collation sequence|module): (.*?)(?:\(\))?$/
  const [, kind, name] = lacking.exec(message) ?? []
  if (kind !== undefined && name !== undefined) return lackOf(handle, table, kind, name)

  const [, text] = /^no such column: "(.*)" - should this be a string/.exec(message) ?? []
  if (text !== undefined) {
    const definition = definitionWith(handle, table, `"${text}"`)
    return { problem: 'double_quoted_text', definition, text }
  }
  return message.endsWith(' may not be modified')
    ? { problem: 'only_read', table }
    : { problem: 'table_unusable', table, detail: message }
}

function lackOf(
  handle: Sqlite.Database,
  table: string,
  kind: string,
  name: string,
): StorableProblem {
  if (kind === 'module') return { problem: 'module_missing', table, name }
  const definition = definitionWith(handle, table, name)
  const problem = kind === 'function' ? 'function_missing' : 'collation_missing'
  return { problem, definition, name }
}

/** Start of the statement that most likely contains the text: the table's own, else any other. */
function definitionWith(handle: Sqlite.Database, table: string, text: string): string {
  const found = handle
    .prepare<[string, string], string>(
      `select 'CREATE ' || upper(type) || ' ' || name from sqlite_master where instr(lower(sql), lower(?)) > 0
       order by tbl_name = ? collate nocase desc, type = 'trigger' desc limit 1`,
    )
    .pluck()
    .get(text, table)
  return found ?? `CREATE TABLE ${table}`
}

/** Columns that foreign keys between two tables name; implicit primary keys are unnamed. */
function columnsReferred(handle: Sqlite.Database, child: string, parent: string): string[] {
  return handle
    .prepare<[string, string], string>(
      `select distinct coalesce("to", "from") from pragma_foreign_key_list(?)
       where "table" = ? collate nocase order by id desc, seq`,
    )
    .pluck()
    .all(child, parent)
}
