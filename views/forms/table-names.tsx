import type { TableName } from '../../src/db/store.ts'

/** Suggestions for the table name. */
export function TableNames({ tables }: { tables: TableName[] }) {
  return (
    <datalist id="tables">
      {tables.map(({ name }) => (
        <option value={name} />
      ))}
    </datalist>
  )
}
