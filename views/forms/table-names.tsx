import type { TableName } from '../../src/db/store.ts'

/** What a browser offers while the name of a table is typed. */
export function TableNames({ tables }: { tables: TableName[] }) {
  return (
    <datalist id="tables">
      {tables.map(({ name }) => (
        <option value={name} />
      ))}
    </datalist>
  )
}
