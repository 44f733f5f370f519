/** A column whose header is blank has the name that a table made after the file gives it. */
export function columnName(given: string, index: number): string {
  return given.trim() === '' ? `column_${index + 1}` : given.trim()
}

/** The names of columns, none twice when case is ignored: of equal ones the second is `a_2`. */
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
