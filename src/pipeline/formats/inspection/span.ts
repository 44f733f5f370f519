/** From an index up to another, which is not part of it. */
export type Span = { from: number; to: number }
