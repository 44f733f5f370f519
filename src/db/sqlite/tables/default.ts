/** Words that are no text where a default is one word. */
const KEYWORDS = new Set([
  'true',
  'false',
  'null',
  'current_time',
  'current_date',
  'current_timestamp',
])
const WORD = /^[a-z_\u0080-\uffff][\w$\u0080-\uffff]*$/i
const QUOTED = /^(?:"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])$/

/**
 * The default of a column as an expression that means the same in a statement. SQLite takes a word
 * there, and whatever stands in the quotes of a name, for a text.
 */
export function defaultExpression(sql: string): string {
  if (QUOTED.test(sql)) return literal(unquoted(sql))
  if (WORD.test(sql) && !KEYWORDS.has(sql.toLowerCase())) return literal(sql)
  // What follows must not belong to a comment of the default.
  return `${sql}\n`
}

function unquoted(sql: string): string {
  const quote = sql.charAt(0)
  const inner = sql.slice(1, -1)
  return quote === '[' ? inner : inner.replaceAll(quote + quote, quote)
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
