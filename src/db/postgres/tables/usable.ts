import { UnusableError } from '../../../domain/words/errors.ts'
import { isDefinitionFault, serverError } from '../ground/sql-state.ts'

export type TableRight = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE' | 'CREATE'

/**
 * Runs work that depends on the definition of a table or view and a privilege on it.
 * @throws UnusableError where the definition or the privilege is at fault
 */
export async function usable<Result>(
  table: string,
  right: TableRight,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw faultOf(table, right, error) ?? error
  }
}

/** The fault of the table behind a server error; undefined where it is something else. */
export function faultOf(
  table: string,
  right: TableRight,
  error: unknown,
): UnusableError | undefined {
  const said = serverError(error)
  if (said === undefined || !isDefinitionFault(error)) return undefined
  // A function or another table may also lack the privilege: the server's message names it.
  return said.code === '42501' && said.routine === 'aclcheck_error' && said.table === undefined
    ? new UnusableError({ problem: 'no_right', table, right })
    : new UnusableError({ problem: 'table_unusable', table, detail: said.message })
}
