import type { DatabaseIntrospector, Kysely, RawBuilder, TableMetadata } from 'kysely'

/**
 * Table names without columns, which is all that migrations need. Reading columns would fail on a
 * user's view that is broken or calls unavailable functions.
 */
export class NamesOfTables implements DatabaseIntrospector {
  readonly #db: Kysely<unknown>
  readonly #names: RawBuilder<{ name: string }>

  /** @param names the statement that returns the table names */
  constructor(db: Kysely<unknown>, names: RawBuilder<{ name: string }>) {
    this.#db = db
    this.#names = names
  }

  getSchemas() {
    return Promise.resolve([])
  }

  async getTables(): Promise<TableMetadata[]> {
    const { rows } = await this.#names.execute(this.#db)
    return rows.map(({ name }) => ({ name, isView: false, isForeign: false, columns: [] }))
  }
}
