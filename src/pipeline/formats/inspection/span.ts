/** A range of indexes; `to` is exclusive. */
export type Span = { from: number; to: number }
