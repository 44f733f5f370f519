import type Sqlite from 'better-sqlite3'
import type { Value } from '../../../domain/records/record.ts'
import type { TableInfo } from '../../../domain/records/table.ts'
import { rowIdentityOf } from '../connection/identity.ts'
import { quoteName } from '../tables/tables.ts'

/** The values that identify a row. */
export type RowIdentity = Value[]

/** One change of one row: without `was` it was inserted, without `is` it was deleted. */
export type RowChange = { was: RowIdentity | undefined; is: RowIdentity | undefined }

export type ChangeTriggers = {
  /** SQL of the values in a `RowIdentity`. */
  identity: string[]
  /** Changes since it was last emptied; each comes before the changes that it caused. */
  seen: RowChange[]
  begin(): void
  end(): void
}

const SAW = 'tallyman_saw'
const KINDS = [
  { verb: 'insert', rows: ['new'] },
  { verb: 'update', rows: ['old', 'new'] },
  { verb: 'delete', rows: ['old'] },
] as const

/**
 * Trigger capture: reports every change of the table's rows, also those by triggers and foreign
 * keys. Its triggers are temporary, so only this connection sees them; of the AFTER triggers SQLite
 * fires temporary ones first. They are created and dropped in the transaction that they observe, so
 * none is left in any case.
 */
export function changeTriggers(handle: Sqlite.Database, table: TableInfo): ChangeTriggers {
  const identity = rowIdentityOf(handle, table) ?? table.columns.map(({ name }) => quoteName(name))
  const seen: RowChange[] = []
  const saw = (verb: (typeof KINDS)[number]['verb'], ...values: Value[]) => {
    const first = values.slice(0, identity.length)
    const last = values.slice(-identity.length)
    seen.push({
      was: verb === 'insert' ? undefined : first,
      is: verb === 'delete' ? undefined : last,
    })
    return null
  }
  const end = () => {
    for (const { verb } of KINDS) handle.exec(`drop trigger if exists temp.${SAW}_${verb}`)
  }
  return {
    identity,
    seen,
    begin() {
      end()
      handle.function(SAW, { varargs: true, safeIntegers: true }, saw)
      for (const { verb, rows } of KINDS) {
        const values = rows.flatMap((row) => identity.map((column) => `${row}.${column}`))
        handle.exec(
          `create temp trigger ${SAW}_${verb} after ${verb} on main.${quoteName(table.name)}
           begin select ${SAW}('${verb}', ${values.join(', ')}); end`,
        )
      }
    },
    end,
  }
}
