/** The name of a column in a new table; a blank header gets one by its number. */
export function columnName(given: string, index: number): string {
  return given.trim() === '' ? `column_${index + 1}` : given.trim()
}

/** Makes names unique, ignoring case: the second `a` becomes `a_2`. */
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
