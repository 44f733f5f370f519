import type { Db } from '../../store.ts'
import type { ReadPlan, RowPosition } from '../../export-rows.ts'
import type { PgConnection, PgDriver } from '../ground/connection.ts'
import { CopyOut } from '../ground/copy-out.ts'
import { findTable } from '../ground/find-table.ts'
import { readColumns } from '../tables/read-columns.ts'
import { refusingRead } from './refusing-read.ts'
import { isSorted } from '../../../domain/records/rows-wanted.ts'
import { copyText } from './copy-text.ts'
import type { PageBuilder, PositionedPage } from './page-builder.ts'

/** Number of pages read ahead. */
const PAGES_AHEAD = 2

/** How rows come and are put together. */
export type RowFormat<Page> = { format?: string | undefined; emptyPage: () => PageBuilder<Page> }
type Beginning<Page> = RowFormat<Page> & { after: RowPosition }

/** One COPY of a table, cut into pages. */
export class RowStream<Page> {
  readonly #driver: PgDriver
  readonly #connection: PgConnection
  readonly #plan: ReadPlan
  readonly #emptyPage: () => PageBuilder<Page>
  readonly #copy: CopyOut
  readonly #pages: PositionedPage<Page>[] = []
  #page: PageBuilder<Page>
  #rows: number
  #state: 'flowing' | 'over' | 'closed' = 'flowing'
  #wake = Promise.withResolvers<void>()

  static async open<Page>(
    db: Db,
    driver: PgDriver,
    plan: ReadPlan,
    beginning: Beginning<Page>,
  ): Promise<RowStream<Page>> {
    const table = await findTable(db, plan.table.name)
    const columns = table === undefined ? [] : await readColumns(db, table.id)
    const { after, format } = beginning
    const text = copyText(plan, { from: table?.sql, columns, after, format })
    const connection = await driver.acquireConnection()
    return new RowStream(driver, connection, { plan, text, ...beginning })
  }

  constructor(
    driver: PgDriver,
    connection: PgConnection,
    { plan, text, after, emptyPage }: Beginning<Page> & { plan: ReadPlan; text: string },
  ) {
    this.#driver = driver
    this.#connection = connection
    this.#plan = plan
    this.#emptyPage = emptyPage
    this.#rows = !isKeyed(plan) && after !== null ? Number(after[0]) : 0
    this.#page = this.#emptyPage()
    this.#copy = new CopyOut(text, (row) => this.#take(row))
    connection.client.query(this.#copy)
    this.#copy.over.then(
      () => this.#end(),
      () => this.#wake.resolve(),
    )
  }

  /** The next page; an empty page at the end. */
  async next(): Promise<PositionedPage<Page>> {
    while (this.#pages.length === 0 && this.#state === 'flowing') {
      await refusingRead(this.#plan.table.name, () =>
        Promise.race([this.#wake.promise, this.#copy.over]),
      )
      this.#wake = Promise.withResolvers<void>()
    }
    const page = this.#pages.shift()
    if (this.#pages.length < PAGES_AHEAD) this.#copy.resume()
    return page ?? this.#emptyPage().page()
  }

  /** Closes the connection too where the COPY has not ended. */
  async close(): Promise<void> {
    if (this.#state === 'closed') return
    if (this.#state === 'flowing') {
      this.#connection.isDoubtful = true
      this.#copy.destroy()
    }
    this.#state = 'closed'
    await this.#driver.releaseConnection(this.#connection)
  }

  #take(row: Buffer): void {
    if (this.#state !== 'flowing') return
    this.#page.add(row)
    this.#rows++
    const { limit } = this.#plan
    if (this.#page.rows >= limit.rows || this.#page.size >= limit.bytes) this.#turn()
    if (this.#pages.length >= PAGES_AHEAD) this.#copy.pause()
  }

  /** Without a primary key, the position is the number of rows read. */
  #turn(): void {
    const { page, position } = this.#page.page()
    this.#pages.push({ page, position: isKeyed(this.#plan) ? position : [this.#rows] })
    this.#page = this.#emptyPage()
    this.#wake.resolve()
  }

  #end(): void {
    if (this.#page.rows > 0) this.#turn()
    if (this.#state === 'flowing') this.#state = 'over'
    this.#wake.resolve()
  }
}

function isKeyed({ table, wanted }: ReadPlan): boolean {
  return table.primaryKey.length > 0 && !isSorted(wanted)
}
