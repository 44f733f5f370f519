import type Sqlite from 'better-sqlite3'
import type { Value } from '../../../domain/records/record.ts'
import type { TableInfo } from '../../../domain/records/table.ts'
import { identityOf } from '../connection/identity.ts'
import { quoteName } from '../tables/tables.ts'

/** The values that tell a row from all others. */
export type RowIdentity = Value[]

/** One change of one row: without `was` it was inserted, without `is` it was deleted. */
export type Change = { was: RowIdentity | undefined; is: RowIdentity | undefined }

export type ChangeTriggers = {
  /** In SQL, what `Identity` holds. */
  identity: string[]
  /** What was changed since it was emptied, each change before those that came of it. */
  seen: Change[]
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
 * Tells of every change of the table's rows, also of those that triggers and foreign keys make. Its
 * triggers are temporary, so that only this connection sees them; of the triggers behind a change
 * SQLite fires the temporary ones first. They are made and dropped in one transaction with what they
 * tell of: whatever becomes of it, none is left.
 */
export function changeTriggers(handle: Sqlite.Database, table: TableInfo): ChangeTriggers {
  const identity = identityOf(handle, table) ?? table.columns.map(({ name }) => quoteName(name))
  const seen: Change[] = []
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
