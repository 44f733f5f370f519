/**
 * Replaces names by values, as in `Job {id}`, and plural forms by the one that a number needs, as
 * in `{n} {n:record|records}`: the first for 1, the second otherwise.
 */
export function fill(text: string, valueOf: (name: string) => string): string {
  return text.replace(PLACEHOLDERS, (_, name: string, one?: string, others?: string) => {
    const value = valueOf(name)
    if (one === undefined || others === undefined) return value
    return value === '1' ? one : others
  })
}

const PLACEHOLDERS = /\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g
