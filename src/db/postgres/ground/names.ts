/** Any name as a quoted SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

export function quoteText(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`
  return text.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted
}

/** A part of a name: exact where it is in quotes, else also one in other capitals. */
export type NamePart = { text: string; isExact: boolean }

/** One meaning of a table's name; without a schema, a table of the search path. */
export type NameMeaning = { schema: NamePart | undefined; table: NamePart }

const ONE = /^"((?:[^"]|"")+)"$/
const TWO = /^("(?:[^"]|"")+"|[^".]+)\.("(?:[^"]|"")+"|[^".]+)$/

/**
 * What a name can mean. In quotes, a dot belongs to the name; outside of them it comes between schema
 * and table, and only where there is no such schema may a table have it in its name.
 */
export function meaningsOf(name: string): NameMeaning[] {
  if (name === '' || name.includes('\0')) return []
  const [, first, second] = TWO.exec(name) ?? []
  const dot = name.includes('"') ? -1 : name.lastIndexOf('.')
  const whole = { schema: undefined, table: partOf(name) }
  if (dot !== -1) {
    const [schema, table] = [name.slice(0, dot), name.slice(dot + 1)].map(partOf)
    return schema && table ? [{ schema, table }, whole] : [whole]
  } else if (first !== undefined && second !== undefined) {
    return [{ schema: partOf(first), table: partOf(second) }]
  } else return [whole]
}

function partOf(text: string): NamePart {
  const quoted = ONE.exec(text)?.[1]
  if (quoted !== undefined) return { text: quoted.replaceAll('""', '"'), isExact: true }
  return { text, isExact: false }
}

/** The schemas of a search path; those without quotes in small letters, as SQL reads them. */
export function schemasIn(searchPath: string): string[] {
  const parts = searchPath.matchAll(/"((?:[^"]|"")+)"|([^",\s]+)/g)
  return [...parts].map(
    ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain.toLowerCase(),
  )
}
