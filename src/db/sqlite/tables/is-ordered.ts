import type Sqlite from 'better-sqlite3'

/** Comments, texts and names in quotes; then the words, and the brackets that one may be within. */
const TOKENS =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|[()]|\border\s+by\b/gi

/** Whether the statement that makes a view sorts the whole of it, and not only a part within brackets. */
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
