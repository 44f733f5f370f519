/** How a part of a specification is typed, where that is not its own name. */
const TYPED: Record<string, string> = {
  table: 'TABLE',
  path: 'FILE',
  fields: '--on-error',
  nulls: '--null',
  multiline: '--no-multiline',
  nullText: '--null',
}

/** The option that a faulty part of the specification comes from, with its field where it has one. */
export function optionOf(at: readonly string[] | undefined): string | undefined {
  if (at === undefined || at[0] === undefined) return undefined
  const [name, inner] = at
  const option = TYPED[name] ?? `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`
  return inner === undefined || /^\d+$/.test(inner) ? option : `${option} ${inner}`
}
