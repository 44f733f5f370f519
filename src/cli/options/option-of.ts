/** The options or arguments for parts of a specification that have another name. */
const OPTION_NAMES: Record<string, string> = {
  table: 'TABLE',
  path: 'FILE',
  fields: '--on-error',
  nulls: '--null',
  multiline: '--no-multiline',
  nullText: '--null',
}

/** The option for a wrong part of the specification, with the field if it has one. */
export function optionOf(at: readonly string[] | undefined): string | undefined {
  if (at === undefined || at[0] === undefined) return undefined
  const [name, inner] = at
  const option = OPTION_NAMES[name] ?? `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`
  return inner === undefined || /^\d+$/.test(inner) ? option : `${option} ${inner}`
}
