import type { TableInfo } from '../../../domain/records/table.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { knownAs, type FieldRows } from '../answers/field-row.ts'

/** The types that are chosen for a new table; those that its values suggest are none. */
export function typesIn(
  { types: old }: ImportSpecification,
  { rows, shown, table }: FieldRows & { table: TableInfo },
  typed: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const suggested = new Map(table.columns.map(({ name, type }) => [name, type]))
  const said = rows.flatMap((one) => {
    const known = knownAs(one)
    const type = typed[`type-${one.row}`] || undefined
    const isSaid = type !== undefined && (old[known] !== undefined || suggested.get(known) !== type)
    const now = isSaid ? type : old[known]
    return now === undefined ? [] : [[one.field, now] as const]
  })
  const kept = Object.entries(old).filter(([name]) => !shown.has(name))
  return Object.fromEntries([...kept, ...said])
}
