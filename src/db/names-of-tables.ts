import type { DatabaseIntrospector, Kysely, RawBuilder, TableMetadata } from 'kysely'

/**
 * The names of the tables, without their columns, which is all that migrations ask for. A view of
 * the user's that is broken, or whose functions are not here, can't be looked into.
 */
export class NamesOfTables implements DatabaseIntrospector {
  readonly #db: Kysely<unknown>
  readonly #names: RawBuilder<{ name: string }>

  /** @param names the statement that answers them */
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
