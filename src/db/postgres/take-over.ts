import { sql } from 'kysely'
import type { ColumnInfo } from '../../domain/records/table.ts'
import type { Value } from '../../domain/records/record.ts'
import type { TakeOver } from '../take-over.ts'
import { onConnection } from './ground/connection.ts'
import { copyIn } from './ground/copy-in.ts'
import { quoteName } from './ground/names.ts'
import { copyBytes } from './statements/copy-bytes.ts'

export const TAKE_OVER: TakeOver = {
  // COPY keeps the ids that it is given, also of identity columns.
  async insert(trx, { name, columns }, rows) {
    const fields = columns.map(({ conversion }) => ({ type: wireType(conversion) }))
    const values = rows.map((row) => columns.map((column) => storable(row[column.name] ?? null)))
    const into = `${quoteName(name)} (${columns.map((column) => quoteName(column.name)).join(', ')})`
    const bytes = copyBytes({ fields }, values, [...fields.keys()])
    await onConnection(trx, (client) => copyIn(client, into, bytes))
  },
  // A table without a sequence is left as it is.
  async continueIds(trx, table, last) {
    await sql`
      select setval(pg_get_serial_sequence(${table}, 'id'), ${Math.max(last, 1)}, ${last > 0})`.execute(
      trx,
    )
  },
}

function wireType(conversion: ColumnInfo['conversion']): string {
  if (conversion === 'blob') return 'bytea'
  return conversion === 'text' ? 'text' : 'int8'
}

/** A text of SQLite may have a NUL, such as a key that a job remembers; one of PostgreSQL may not. */
function storable(value: Value): Value {
  return typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value
}
