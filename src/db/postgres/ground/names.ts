/** As SQL writes a name that may be any. */
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
 * What a name may mean, in SQL, the likeliest first: a table of exactly that name, dots and all;
 * `schema.table` as it is written, where quotes hold what SQL could not else read; and the same in
 * small letters, as SQL reads names without quotes.
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
