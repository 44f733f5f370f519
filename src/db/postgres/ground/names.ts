/** Any name as a quoted SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

export function quoteText(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`
  return text.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted
}

const PATH = /^(?:"(?:[^"]|"")+"|[^".]+)(?:\.(?:"(?:[^"]|"")+"|[^".]+))?$/
const PART = /"((?:[^"]|"")+)"|([^".]+)/g

/**
 * Possible meanings of a name, in SQL, the likeliest first: a table with exactly that name,
 * including dots; `schema.table` as written, with quotes around special characters; and the same in
 * lower case, as SQL reads unquoted names.
 */
export function readingsOf(name: string): string[] {
  if (name === '' || name.includes('\0')) return []
  const parts = PATH.test(name) ? [...name.matchAll(PART)] : []
  const path = (fold: (part: string) => string) =>
    parts
      .map(([, quoted, plain = '']) => quoteName(quoted?.replaceAll('""', '"') ?? fold(plain)))
      .join('.')
  const readings = [quoteName(name), path((part) => part), path((part) => part.toLowerCase())]
  return [...new Set(readings)].filter((reading) => reading !== '')
}

/** The quoted schema of one of these meanings; undefined for a name without. */
export function schemaIn(reading: string): string | undefined {
  return /^("(?:[^"]|"")+")\./.exec(reading)?.[1]
}
