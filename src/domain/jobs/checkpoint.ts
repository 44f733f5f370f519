/** A position in a source or in an output file. */
export type Position = {
  /** The file that it is in, where a source is several, from 0; without it, the only one. */
  file?: number | undefined
  /** Bytes of the decompressed source read, or of the output file written; null where it has no bytes of its own. */
  offset: number | null
  /** Physical lines before the position, plus one; null where the format has none. */
  line: number | null
  /** Records before the position. */
  record: number
}

/** A position in a text: bytes can be counted there, and lines. */
export type TextPosition = Position & { offset: number; line: number }

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
