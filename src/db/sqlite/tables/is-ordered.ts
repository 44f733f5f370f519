import type Sqlite from 'better-sqlite3'

/** Comments, string literals and quoted names; then parentheses and ORDER BY. */
const TOKENS =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|[()]|\border\s+by\b/gi

/** Whether a view has an ORDER BY outside of parentheses, which sorts the whole view. */
export function isOrderedView(handle: Sqlite.Database, name: string): boolean {
  const sql = handle
    .prepare<[string], string>(`select sql from sqlite_master where type = 'view' and name = ?`)
    .pluck()
    .get(name)
  return isOrdered(sql ?? '')
}

function isOrdered(sql: string): boolean {
  let depth = 0
  for (const [token] of sql.matchAll(TOKENS)) {
    if (token === '(') depth++
    else if (token === ')') depth--
    else if (depth === 0 && /^order/i.test(token)) return true
  }
  return false
}
