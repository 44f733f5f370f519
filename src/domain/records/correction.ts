/** A rejected record as corrected, at its place in the file that it came from. */
export type Correction = {
  /** Number of the record in the first job's source, from 1. */
  record: number
  line: number
  offset: number
  /** Its bytes in the dialect of that source, without a line end. */
  raw: Buffer
}

/** A linked job takes at most so many records, and so many bytes of them, at once. */
export const MOST_CORRECTIONS = { records: 100_000, bytes: 64 * 1024 * 1024 }
