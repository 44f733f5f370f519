/** A place in a source, or in an output file. */
export type Position = {
  /** Bytes of the decompressed source read, or of the output file written. */
  offset: number
  /** Physical lines before the position, plus one. */
  line: number
  /** Records before the position. */
  record: number
}

/** Where a run goes on. */
export type Checkpoint = Position & {
  /** Records that the next batch takes at most; they are in question when its worker dies. */
  ahead?: number | undefined
  /** Records before the position that are not processed yet: they refer to later ones. */
  postponed?: number | undefined
  /** How far the run is: records before the position, and postponed ones that were settled since. */
  reached?: number | undefined
  /** What the pipeline must remember besides: source identity, columns, last key exported. */
  memo: unknown
}
