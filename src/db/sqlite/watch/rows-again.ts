import type Sqlite from 'better-sqlite3'
import type { Row, Value, WritePlan } from '../../../domain/records/record.ts'
import { quoteName } from '../tables/tables.ts'
import type { RowIdentity } from './triggers.ts'

/** Reads rows again that were written, to see whether they are what was asked for. */
export function openRowsAgain(handle: Sqlite.Database, plan: WritePlan, identity: string[]) {
  const fields = plan.fields.map(quoteName)
  const from = `from main.${quoteName(plan.table.name)}
    where ${identity.map((column) => `${column} is ?`).join(' and ')}`
  const read = (what: string[]) =>
    handle
      .prepare<(Value | undefined)[], Value[]>(`select ${what.join(', ')} ${from}`)
      .raw(true)
      .safeIntegers(true)
  const find = read(fields)
  // The database converts what is compared as it converts what is stored.
  const compare = read(fields.map((field) => `${field} collate binary is ?`))

  return {
    /** The plan's fields of the row, or undefined where it is not there. */
    find: (at: RowIdentity): Value[] | undefined => find.get(...at),
    /** Which of the fields are not as asked, by their index. */
    differing(at: RowIdentity, asked: Row['values']): number[] {
      const isSame = compare.get(...asked.map((value) => value ?? null), ...at) ?? []
      return asked.flatMap((value, index) =>
        value === undefined || isSame[index] === 1n ? [] : index,
      )
    },
  }
}
