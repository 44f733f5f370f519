import type { Row, Value, Violation, WritePlan } from '../records/record.ts'

/** By which of the plan's two keys a record is found, and its values for it. */
export type RecordKey = { which: 0 | 1; values: Value[] }

/** The key of a record: 'empty' where it brings none, undefined where the plan has none. */
export type KeyOf = (row: Row) => RecordKey | 'empty' | undefined

/** The second key serves the records that have no value for the first. */
export function keyReader(plan: WritePlan): KeyOf {
  const areBytes = fieldsOfBytes(plan)
  const [first = [], second = []] = [plan.key, plan.secondKey].map((key) =>
    key.map((field) => plan.fields.indexOf(field)),
  )
  if (first.length === 0) return () => undefined
  return (row) => read(row, first, 0) ?? read(row, second, 1) ?? 'empty'

  function read(row: Row, at: number[], which: RecordKey['which']): RecordKey | undefined {
    const values: Value[] = []
    for (const index of at) {
      const value = row.values[index]
      if (value === undefined || value === null) return undefined
      values.push(areBytes[index] ? bytesOf(value) : value)
    }
    return values.length === 0 ? undefined : { which, values }
  }
}

/** By the fields that are empty: of a second key as well, which would have served it. */
export function emptyKey({ key, secondKey, fields }: WritePlan, { values }: Row): Violation {
  const empty = [...key, ...secondKey].filter(
    (field) => (values[fields.indexOf(field)] ?? null) === null,
  )
  const params = { fields: empty.join(', ') }
  return { field: empty[0] ?? null, message: { code: 'TLY-3006', params } }
}

/** For each field of the plan, whether its records bring hexadecimal digits that stand for bytes. */
export function fieldsOfBytes({ table, fields }: WritePlan): boolean[] {
  return fields.map((field) => table.columns.find(({ name }) => name === field)?.type === 'blob')
}

export function bytesOf(value: Value): Value {
  return typeof value === 'string' ? Buffer.from(value, 'hex') : value
}
