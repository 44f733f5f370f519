import { UnusableError } from '../../../domain/words/errors.ts'
import { isRefusal, serverError } from '../ground/sql-state.ts'
import { usable } from '../tables/usable.ts'

/** A function called by a view or a generated column may fail at a row. */
export async function refusingRead<Result>(
  table: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await usable(table, 'SELECT', work)
  } catch (error) {
    if (!isRefusal(error)) throw error
    const detail = serverError(error)?.message ?? ''
    throw new UnusableError({ problem: 'table_unusable', table, detail })
  }
}
