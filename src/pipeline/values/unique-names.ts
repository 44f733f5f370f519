/** The name of a column in a new table; a blank header gets one by its number. */
export function columnName(given: string, index: number): string {
  return given.trim() === '' ? `column_${index + 1}` : given.trim()
}

/**
 * Makes names unique: the second `a` becomes `a_2`. Names that differ in case alone are one in some
 * databases, so that they are told apart for all: a file makes the same table in each.
 */
export function uniqueNames(header: string[]): string[] {
  const taken = new Set<string>()
  const last = new Map<string, number>()
  return header.map(columnName).map((base) => {
    let name = base
    let next = last.get(base) ?? 2
    for (; taken.has(name.toLowerCase()); next++) name = `${base}_${next}`
    last.set(base, next)
    taken.add(name.toLowerCase())
    return name
  })
}
