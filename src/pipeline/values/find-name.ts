/** As names are compared: case, spaces, underscores and accents don't matter. */
export function foldName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\u0300-\u036f\s_]/g, '')
    .toLowerCase()
}

/**
 * Finds by name, by one after the other, and where there is none by the last of them folded; the
 * first of each, since a file may have many.
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

export type Finder<Named> = (...names: string[]) => Named | undefined

function firstOf<Named>(all: Named[], nameOf: (one: Named) => string): Map<string, Named> {
  // The last one that is set stays.
  return new Map(all.toReversed().map((one) => [nameOf(one), one]))
}
