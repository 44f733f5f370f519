import type { Row, Violation, WritePlan } from '../../domain/record.ts'

/** By the fields that are empty: of a second key as well, which would have served it. */
export function emptyKey({ key, secondKey, fields }: WritePlan, { values }: Row): Violation {
  const empty = [...key, ...secondKey].filter(
    (field) => (values[fields.indexOf(field)] ?? null) === null,
  )
  const params = { fields: empty.join(', ') }
  return { field: empty[0] ?? null, message: { code: 'TLY-3006', params } }
}
