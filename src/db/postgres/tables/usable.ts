import { UnusableError } from '../../../domain/words/errors.ts'
import { isDefinitionFault, serverError } from '../ground/sql-state.ts'

export type TableRight = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE' | 'CREATE'

/**
 * Does what needs a table or view as it is defined, and a right to it.
 * @throws UnusableError where the definition or the right is at fault
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

/** Of an error of the server, what is wrong with the table; undefined where it is something else. */
export function faultOf(
  table: string,
  right: TableRight,
  error: unknown,
): UnusableError | undefined {
  const said = serverError(error)
  if (said === undefined || !isDefinitionFault(error)) return undefined
  // A function or another table behind it may lack the right, too: then the server's words name that.
  return said.code === '42501' && said.routine === 'aclcheck_error' && said.table === undefined
    ? new UnusableError({ problem: 'no_right', table, right, detail: said.message })
    : new UnusableError({ problem: 'table_unusable', table, detail: said.message })
}
