/** Normalizes a name for comparison: case, spaces, underscores and accents do not matter. */
export function foldName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\u0300-\u036f\s_]/g, '')
    .toLowerCase()
}

/**
 * Builds a lookup by name: exact matches of the given names in order, then a folded match of the
 * last one. If several entries match, the first wins, since a file may repeat a name.
 */
export function finder<Named>(all: Named[], nameOf: (one: Named) => string): Finder<Named> {
  const exact = firstOf(all, nameOf)
  let folded: Map<string, Named> | undefined
  return (...names) => {
    const found = names.find((name) => exact.has(name))
    if (found !== undefined) return exact.get(found)
    folded ??= firstOf(all, (one) => foldName(nameOf(one)))
    return folded.get(foldName(names.at(-1) ?? ''))
  }
}

/**
 * What is said of each column: under its own name, or under one that differs in capitals alone, as
 * databases take names.
 */
export function saidOf<Said>(
  columns: readonly { name: string }[],
  said: Readonly<Record<string, Said>>,
): (Said | undefined)[] {
  const exact = new Map(Object.entries(said))
  const alike = firstOf(Object.entries(said), ([name]) => name.toLowerCase())
  return columns.map(({ name }) => exact.get(name) ?? alike.get(name.toLowerCase())?.[1])
}

export type Finder<Named> = (...names: string[]) => Named | undefined

function firstOf<Named>(all: Named[], nameOf: (one: Named) => string): Map<string, Named> {
  // Reversed, because the last entry with a key wins.
  return new Map(all.toReversed().map((one) => [nameOf(one), one]))
}
