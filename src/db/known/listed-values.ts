/** Comments, string literals, numbers, quoted names and words, and any other character but blanks. */
const TOKENS =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'|-?\b\d+(?:\.\d+)?\b|"(?:[^"]|"")*"|`(?:[^`]|``)*`|::\s*[\w."]+(?: varying)?(?:\(\d+\))?(?:\[\])?|[\w$\u0080-\uffff]+|\S/g
const LITERAL = /^(?:'|-?\d)/
const QUOTED = /^["`]/
/** What an expression may have besides the column and its values, if it is a list and no more. */
const OF_A_LIST = new Set(['(', ')', '[', ']', ',', '=', 'in', 'or', 'is', 'null', 'any', 'array'])

/**
 * The values that a CHECK lets its column have, as `x in ('a', 'b')`, `x = 'a' or x is null`, or
 * `x = ANY (ARRAY['a'::text])`; undefined for any other condition.
 */
export function listedIn(condition: string): { column: string; values: string[] } | undefined {
  const columns = new Set<string>()
  const values: string[] = []
  for (const token of tokensOf(condition)) {
    if (LITERAL.test(token)) values.push(textOf(token))
    else if (OF_A_LIST.has(token.toLowerCase()) || token.startsWith('::')) continue
    else if (/^[\w$\u0080-\uffff]/.test(token)) columns.add(token.toLowerCase())
    else if (QUOTED.test(token)) columns.add(unquoted(token).toLowerCase())
    else return undefined
  }
  const [column] = columns
  return columns.size === 1 && column !== undefined && values.length > 0
    ? { column, values: [...new Set(values)] }
    : undefined
}

/** The conditions of the CHECKs in a definition of a table. */
export function checksOf(definition: string): string[] {
  const tokens = tokensOf(definition)
  return tokens.flatMap((token, at) => {
    if (token.toLowerCase() !== 'check' || tokens[at + 1] !== '(') return []
    let depth = 0
    const end = tokens.findIndex((one, place) => {
      if (place > at && one === '(') depth++
      if (place > at && one === ')') depth--
      return place > at && depth === 0
    })
    return [tokens.slice(at + 2, end).join(' ')]
  })
}

function tokensOf(sql: string): string[] {
  return (sql.match(TOKENS) ?? []).filter((token) => !/^(?:--|\/\*)/.test(token))
}

function textOf(literal: string): string {
  return literal.startsWith("'") ? unquoted(literal) : literal
}

function unquoted(text: string): string {
  const quote = text.charAt(0)
  return text.slice(1, -1).replaceAll(quote + quote, quote)
}
