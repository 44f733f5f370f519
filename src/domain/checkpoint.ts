/** Where a run goes on. An import's position is in its source, an export's in its output file. */
export type Checkpoint = {
  /** Bytes of the decompressed source read, or of the output file written. */
  offset: number
  /** Physical lines before the position, plus one. */
  line: number
  /** Records before the position. */
  record: number
  /** What the pipeline must remember besides: source identity, columns, last key exported. */
  memo: unknown
}
