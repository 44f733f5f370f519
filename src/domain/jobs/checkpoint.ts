/** A position in a source or in an output file. */
export type Position = {
  /** Bytes of the decompressed source read, or of the output file written. */
  offset: number
  /** Physical lines before the position, plus one. */
  line: number
  /** Records before the position. */
  record: number
}

/** The position from which a run resumes. */
export type Checkpoint = Position & {
  /** Maximum number of records in the next batch: the suspects if its worker dies. */
  ahead?: number | undefined
  /** Records before the position that are not processed yet, because they refer to later ones. */
  postponed?: number | undefined
  /** Progress: records before the position, plus postponed ones that were settled since. */
  reached?: number | undefined
  /** Resume state of the pipeline: source identity, columns, last key exported. */
  memo: unknown
}
