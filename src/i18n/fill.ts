/**
 * Puts values in the place of their names, as in `Job {id}`; and of two forms of a word the one that
 * a number asks for, as in `{n} {n:record|records}`: the first for 1, the other for all else.
 */
export function fill(text: string, valueOf: (name: string) => string): string {
  return text.replace(PLACES, (_, name: string, one?: string, others?: string) => {
    const value = valueOf(name)
    if (one === undefined || others === undefined) return value
    return value === '1' ? one : others
  })
}

const PLACES = /\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g
