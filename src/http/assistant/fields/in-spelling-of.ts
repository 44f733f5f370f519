import type { TableInfo } from '../../../domain/records/table.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { finder } from '../../../pipeline/values/find-name.ts'

/**
 * The specification with the names of fields as the table spells them: an import finds its fields
 * whatever their case and accents are, and a form must find what was said of them.
 */
export function inSpellingOf(
  { columns }: TableInfo,
  specification: ImportSpecification,
): ImportSpecification {
  const columnNamed = finder(columns, ({ name }) => name)
  const spelled = (name: string) => columnNamed(name)?.name ?? name
  // Of two names of one field, that which is spelled like it counts.
  const byName = <Said>(said: Record<string, Said>) =>
    Object.fromEntries([
      ...Object.entries(said).map(([name, one]) => [spelled(name), one] as const),
      ...Object.entries(said).filter(([name]) => spelled(name) === name),
    ])
  const { key, secondKey, fields, types } = specification
  return {
    ...specification,
    key: key.map(spelled),
    secondKey: secondKey.map(spelled),
    fields: byName(fields),
    types: byName(types),
  }
}
