import type { RowPosition } from '../../export-rows.ts'

/** A page, and the position after it. */
export type PositionedPage<Page> = { page: Page; position: RowPosition }

/** Puts rows together to a page. */
export type PageBuilder<Page> = {
  readonly rows: number
  /** In bytes. */
  readonly size: number
  /** @param row a row of a COPY, valid until the next one */
  add(row: Buffer): void
  /** The page so far, with the key of its last row. */
  page(): PositionedPage<Page>
}
