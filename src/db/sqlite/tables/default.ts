/** Bare words that are keywords, not texts, as a column default. */
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
 * A column's default as an expression with the same value in a statement. In a DEFAULT clause,
 * SQLite reads a bare word, or anything in identifier quotes, as a text.
 */
export function defaultExpression(sql: string): string {
  if (QUOTED.test(sql)) return literal(unquoted(sql))
  if (WORD.test(sql) && !KEYWORDS.has(sql.toLowerCase())) return literal(sql)
  // The newline ends a comment that the default may contain.
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
