import { DatabaseError } from 'pg'

/** The server's error for a statement; undefined for any other error. */
export function serverError(error: unknown): DatabaseError | undefined {
  return error instanceof DatabaseError ? error : undefined
}

/**
 * Whether a statement about rows was refused because of one of them. A trigger or function may give
 * its words any code: whatever is said is about a row, except what is about the session, the server,
 * its disk, a lock, another transaction or the program
 * (postgresql.org/docs/current/errcodes-appendix.html), or the definition of the table itself.
 */
export function isRefusal(error: unknown): boolean {
  const { code = '', routine } = serverError(error) ?? {}
  if (code === '' || NOT_OF_ROWS.test(code)) return false
  // Values that are too long for an index, or nested too deeply.
  if (code.startsWith('54') || isRowSecurity(code, routine)) return true
  return !isDefinitionFault(error) || isWithinFunction(error)
}

const NOT_OF_ROWS = /^(08|25|26|3B|40|53|55P03|57|58|72|F0|XX001|XX002)/

/** Another row may take another branch of a trigger, and find all that it needs. */
function isWithinFunction(error: unknown): boolean {
  const lines = serverError(error)?.where?.split('\n') ?? []
  return lines.some((line) => !line.startsWith('COPY '))
}

/** A missing privilege and a row that a policy forbids have the same code. */
export function isRowSecurity(code: string, routine: string | undefined): boolean {
  return code === '42501' && routine === 'ExecWithCheckOptions'
}

/** Whether a table's definition or a privilege on it is at fault, not the row or the server. */
export function isDefinitionFault(error: unknown): boolean {
  const { code = '' } = serverError(error) ?? {}
  return ['0A', '3F', '42', '54', '55'].includes(code.slice(0, 2)) && code !== '55P03'
}

/** Whether the server ended the session, or never answered: any other error is about a statement. */
export function isSessionOver(error: unknown): boolean {
  const said = serverError(error)
  return said === undefined || /^(08|25P03|25P04|57P)/.test(said.code ?? '')
}
