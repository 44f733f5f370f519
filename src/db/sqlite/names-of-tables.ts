import { sql, type DatabaseIntrospector, type Kysely, type TableMetadata } from 'kysely'

/**
 * The names of the tables, without their columns, which is all that migrations ask for. A view of
 * the user's that is broken, or whose functions are not here, can't be looked into.
 */
export class NamesOfTables implements DatabaseIntrospector {
  readonly #db: Kysely<unknown>

  constructor(db: Kysely<unknown>) {
    this.#db = db
  }

  getSchemas() {
    return Promise.resolve([])
  }

  async getTables(): Promise<TableMetadata[]> {
    const { rows } = await sql<{ name: string }>`
      select name from sqlite_master where type = 'table'`.execute(this.#db)
    return rows.map(({ name }) => ({ name, isView: false, isForeign: false, columns: [] }))
  }
}
