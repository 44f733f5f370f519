import { DatabaseError } from 'pg'

/** The server's error for a statement; undefined for any other error. */
export function serverError(error: unknown): DatabaseError | undefined {
  return error instanceof DatabaseError ? error : undefined
}

/**
 * Whether a statement was refused because of a row's values: data exceptions, constraints, values
 * too long for an index or nested too deeply, errors raised by functions or triggers, WITH CHECK
 * OPTION and row-level security (postgresql.org/docs/current/errcodes-appendix.html).
 */
export function isRefusal(error: unknown): boolean {
  const { code = '', routine } = serverError(error) ?? {}
  if (isRowSecurity(code, routine)) return true
  // A trigger may give its own words on a row any code.
  if (routine === RAISED && isDefinitionFault(error)) return true
  return ['21', '22', '23', '27', '38', '39', '44', '54', 'P0'].includes(code.slice(0, 2))
}

/** PL/pgSQL's RAISE. */
const RAISED = 'exec_stmt_raise'

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
