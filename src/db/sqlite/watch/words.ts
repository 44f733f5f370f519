/** Comments, then SQLite's four kinds of quotes, then words. */
const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'((?:[^']|'')*)'|"((?:[^"]|"")*)"|`((?:[^`]|``)*)`|\[([^\]]*)\]|([\w$\u0080-\uffff]+)/g

/** The names and keywords of an SQL text in order, in lower case and without quotes. */
export function wordsOf(sql: string): string[] {
  return [...sql.matchAll(TOKEN)].flatMap(([token, ...groups]) => {
    const word = groups.find((group) => group !== undefined)
    if (word === undefined) return []
    const quote = token.charAt(0)
    const isDoubled = quote === "'" || quote === '"' || quote === '`'
    return (isDoubled ? word.replaceAll(quote + quote, quote) : word).toLowerCase()
  })
}
