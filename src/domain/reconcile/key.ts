import type { Row, Value, Violation, WritePlan } from '../records/record.ts'

/** Which of the plan's two keys identifies the record, and the values of that key. */
export type RecordKey = { which: 0 | 1; values: Value[] }

/** The key of a record: 'empty' if it has no value for it, undefined if the plan has no key. */
export type KeyOf = (row: Row) => RecordKey | 'empty' | undefined

type KeyedPlan = Pick<WritePlan, 'table' | 'fields' | 'key' | 'secondKey'>

/** The second key is used for records that have no value for the first. */
export function keyReader(plan: KeyedPlan): KeyOf {
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
      values.push(areBytes[index] ? keyBytesOf(value) : value)
    }
    return values.length === 0 ? undefined : { which, values }
  }
}

/**
 * The violation names all empty fields, also those of the second key, which could have been used.
 */
export function emptyKey({ key, secondKey, fields }: KeyedPlan, { values }: Row): Violation {
  const empty = [...key, ...secondKey].filter(
    (field) => (values[fields.indexOf(field)] ?? null) === null,
  )
  const params = { fields: empty.join(', ') }
  return { field: empty[0] ?? null, message: { code: 'TLY-3006', params } }
}

/** For each field of the plan, whether its values are bytes, given as hexadecimal digits. */
export function fieldsOfBytes({ table, fields }: Pick<WritePlan, 'table' | 'fields'>): boolean[] {
  return fields.map((field) => table.columns.find(({ name }) => name === field)?.type === 'blob')
}

export function keyBytesOf(value: Value): Value {
  return typeof value === 'string' ? Buffer.from(value, 'hex') : value
}
