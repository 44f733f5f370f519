import { DatabaseError } from 'pg'

/** The error that a statement ended with, as the server tells it; undefined for any other. */
export function serverError(error: unknown): DatabaseError | undefined {
  return error instanceof DatabaseError ? error : undefined
}

/**
 * Whether a statement was refused for the values of a row: data exceptions, constraints, what a
 * function or trigger raises, WITH CHECK OPTION and row-level security
 * (postgresql.org/docs/current/errcodes-appendix.html).
 */
export function isRefusal(error: unknown): boolean {
  const { code = '', routine } = serverError(error) ?? {}
  if (isRowSecurity(code, routine)) return true
  return ['21', '22', '23', '27', '38', '39', '44', 'P0'].includes(code.slice(0, 2))
}

/** A right that is missing and a row that a policy forbids have one code. */
export function isRowSecurity(code: string, routine: string | undefined): boolean {
  return code === '42501' && routine === 'ExecWithCheckOptions'
}

/** What the definition of a table is at fault for, or the right to it: not the row, nor the server. */
export function isDefinitionFault(error: unknown): boolean {
  const { code = '' } = serverError(error) ?? {}
  return ['0A', '3F', '42', '54', '55'].includes(code.slice(0, 2)) && code !== '55P03'
}
