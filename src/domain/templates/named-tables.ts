import type { JobKind } from '../jobs/job.ts'
import type { TemplateParts } from './template.ts'

/** The tables that a specification names: its own, and those in which values must exist. */
export function tablesOf({ type, specification }: JobKind): string[] {
  const checks =
    type === 'import' ? Object.values(specification.fields).flatMap((field) => field.checks) : []
  const lookups = checks.flatMap((check) => (check.kind === 'exists' ? [check.table] : []))
  return [specification.table, ...lookups]
}

/** The specification with other names for them. */
export function withTables(kind: JobKind, nameOf: (table: string) => string): JobKind {
  const table = nameOf(kind.specification.table)
  if (kind.type === 'export') return { ...kind, specification: { ...kind.specification, table } }
  const fields = Object.entries(kind.specification.fields).map(([name, field]) => {
    const checks = field.checks.map((check) =>
      check.kind === 'exists' ? { ...check, table: nameOf(check.table) } : check,
    )
    return [name, { ...field, checks }] as const
  })
  const specification = { ...kind.specification, table, fields: Object.fromEntries(fields) }
  return { type: kind.type, specification }
}

/** The same for the parts of a specification that a template has, as they are written. */
export function partsWithTables(
  parts: TemplateParts,
  nameOf: (table: string) => string,
): TemplateParts {
  const { table, fields } = parts
  const renamed = (_: string, value: unknown) =>
    isLookup(value) ? { ...value, table: nameOf(value.table) } : value
  return {
    ...parts,
    ...(typeof table === 'string' && table !== '' ? { table: nameOf(table) } : {}),
    ...(fields === undefined ? {} : { fields: JSON.parse(JSON.stringify(fields), renamed) }),
  }
}

function isLookup(value: unknown): value is { kind: 'exists'; table: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === 'exists' &&
    'table' in value &&
    typeof value.table === 'string'
  )
}
