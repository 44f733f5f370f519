import { flagOf } from '../../domain/specification/flag-of.ts'

/** The arguments for parts of a specification that are no options. */
const ARGUMENTS: Record<string, string> = {
  table: 'TABLE',
  path: 'FILE',
  morePaths: 'FILE',
}

/** The option for a wrong part of the specification, with the field if it has one. */
export function optionOf(at: readonly string[] | undefined): string | undefined {
  if (at === undefined || at[0] === undefined) return undefined
  const [name, inner] = at
  const option = ARGUMENTS[name] ?? flagOf(name)
  return inner === undefined || /^\d+$/.test(inner) ? option : `${option} ${inner}`
}
