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
