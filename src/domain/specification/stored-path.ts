/** What a specification has in place of a path for a file that Tallyman keeps itself. */
const STORED = 'stored:'

/** No other path looks like it: all others are absolute, or a standard stream. */
export function storedPath(id: string): string {
  return `${STORED}${id}`
}

/** The id of the stored file; undefined for a path on a disk or a standard stream. */
export function storedId(path: string): string | undefined {
  return path.startsWith(STORED) ? path.slice(STORED.length) : undefined
}

/** The paths of all files of a job, in the order in which they are read; of most jobs it is one. */
export function pathsOf(specification: { path: string; morePaths?: string[] }): string[] {
  return [specification.path, ...(specification.morePaths ?? [])]
}

/** The path of a source, and the folder that must contain it; null: any. */
export type SourcePlace = { path: string; beneath: string | null }

/** Where each file of a job lies, in the order in which they are read. */
export function placesOf(
  specification: SourcePlace & { morePaths: string[]; moreBeneath: (string | null)[] },
): [SourcePlace, ...SourcePlace[]] {
  const { path: first, morePaths, beneath, moreBeneath } = specification
  const others = morePaths.map((path, at) => {
    const own = moreBeneath[at]
    return { path, beneath: own === undefined ? beneath : own }
  })
  return [{ path: first, beneath }, ...others]
}

/** The parts of a specification that say where its files lie. */
export function partsOfPlaces([first, ...others]: [SourcePlace, ...SourcePlace[]]) {
  const { path, beneath } = first
  const isElsewhere = others.some((other) => other.beneath !== beneath)
  return {
    path,
    beneath,
    morePaths: others.map(({ path }) => path),
    moreBeneath: isElsewhere ? others.map((other) => other.beneath) : [],
  }
}

/** The ids of the files that Tallyman keeps itself. */
export function storedIds(specification: { path: string; morePaths?: string[] }): string[] {
  return pathsOf(specification).flatMap((path) => storedId(path) ?? [])
}
