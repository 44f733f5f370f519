import type Sqlite from 'better-sqlite3'
import type { Row, Value, WritePlan } from '../../../domain/records/record.ts'
import { quoteName } from '../tables/tables.ts'
import type { RowIdentity } from './triggers.ts'

/** Rereads written rows, to check whether they are as requested. */
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
  // The database converts compared values as it converts stored ones.
  const compare = read(fields.map((field) => `${field} collate binary is ?`))

  return {
    /** The plan's fields of the row; undefined where it does not exist. */
    find: (at: RowIdentity): Value[] | undefined => find.get(...at),
    /** Indexes of the fields whose stored values differ from those requested. */
    differing(at: RowIdentity, asked: Row['values']): number[] {
      const isSame = compare.get(...asked.map((value) => value ?? null), ...at) ?? []
      return asked.flatMap((value, index) =>
        value === undefined || isSame[index] === 1n ? [] : index,
      )
    },
  }
}
