/** A rejected record as corrected, at its place in the file that it came from. */
export type Correction = {
  /** Number of the record in the first job's source, from 1. */
  record: number
  line: number
  offset: number
  /** Its bytes in the dialect of that source, without a line end. */
  raw: Buffer
}
