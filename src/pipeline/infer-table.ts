import type { NewTable } from '../db/store.ts'
import type { ImportSpecification } from '../domain/specification.ts'
import { fieldNamesFor, finder } from './mapping.ts'
import { isIntegerText, isNumberText, SAFE_DIGITS } from './numbers.ts'

/** A table that takes the records: a column is a number only where every value that is there is one. */
export function tableAfter(
  header: string[],
  records: string[][],
  specification: ImportSpecification,
): NewTable {
  const names = uniqueNames(fieldNamesFor(header, specification))
  const named = finder(names, (name) => name)
  return {
    name: specification.table,
    columns: names.map((column, index) => ({
      name: column,
      type: inferType(records.map((fields) => fields[index] ?? '').filter((text) => text !== '')),
    })),
    primaryKey: specification.key.map((wanted) => named(wanted) ?? wanted),
  }
}

/** A number that starts with 0 is a code: its zeros would be lost. */
function inferType(texts: string[]): NewTable['columns'][number]['type'] {
  const isCode = texts.some((text) => /^[+-]?0\d/.test(text) || text.startsWith('+'))
  if (texts.length === 0 || isCode) return 'text'
  if (texts.every((text) => isIntegerText(text) && text.length <= SAFE_DIGITS)) return 'integer'
  return texts.every((text) => isNumberText(text) && text.length <= SAFE_DIGITS) ? 'number' : 'text'
}

/** Names that a table can have: none twice when case is ignored. */
function uniqueNames(header: string[]): string[] {
  const taken = new Set<string>()
  const last = new Map<string, number>()
  return header.map((base) => {
    let name = base
    let next = last.get(base) ?? 2
    for (; taken.has(name.toLowerCase()); next++) name = `${base}_${next}`
    last.set(base, next)
    taken.add(name.toLowerCase())
    return name
  })
}
