import type { Row, Value, WritePlan } from '../../domain/record.ts'
import { merge } from './merge.ts'
import type { Written } from './insertion.ts'
import { bytesOf, fieldsOfBytes, type Key, type Statements } from './statements.ts'

/** What a record asks for, of one row of the table. */
export type Act = {
  /** Runs its statement. */
  run(by: Statements): Written
  /** The row's fields: what the record asks them to be, and what the statement writes or takes away. */
  asked: Row['values']
  values: Row['values']
} & (
  | { kind: 'inserted'; key?: undefined; found?: undefined }
  | { kind: 'updated' | 'deleted'; key: Key; found: Value[] }
)

/** What a record may ask for, as acts. */
export function actsOf(plan: WritePlan) {
  const areBytes = fieldsOfBytes(plan)
  return {
    insertion(row: Row): Act {
      // What is empty may get the column's default, or what a trigger puts there.
      const asked = row.values.map((value, at) => {
        if (value === undefined || value === null) return undefined
        return areBytes[at] ? bytesOf(value) : value
      })
      return { kind: 'inserted', asked, values: row.values, run: (by) => by.insert(row) }
    },
    /** Undefined where the row is already as it shall be. */
    update(key: Key, found: Value[], row: Row): Act | undefined {
      const { asked, values, isChanged } = merge(plan, found, row, areBytes)
      if (!isChanged) return undefined
      return { kind: 'updated', key, found, asked, values, run: (by) => by.update(values, key) }
    },
    deletion(key: Key, found: Value[]): Act {
      return { kind: 'deleted', key, found, asked: [], values: found, run: (by) => by.delete(key) }
    },
  }
}
