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

/** The ids of the files that Tallyman keeps itself. */
export function storedIds(specification: { path: string; morePaths?: string[] }): string[] {
  return pathsOf(specification).flatMap((path) => storedId(path) ?? [])
}
