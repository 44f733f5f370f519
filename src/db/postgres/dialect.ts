import {
  PostgresDialect,
  sql,
  type DatabaseIntrospector,
  type Kysely,
  type TableMetadata,
} from 'kysely'

/** Kysely's own, but for one question that it asks with every opening. */
export class LeanDialect extends PostgresDialect {
  override createIntrospector(db: Kysely<unknown>) {
    return new OwnTables(db)
  }
}

/** The names that migrations ask for, without the columns of all tables of all schemas. */
class OwnTables implements DatabaseIntrospector {
  readonly #db: Kysely<unknown>

  constructor(db: Kysely<unknown>) {
    this.#db = db
  }

  getSchemas() {
    return Promise.resolve([])
  }

  async getTables(): Promise<TableMetadata[]> {
    const { rows } = await sql<{ name: string }>`
      select relname as name from pg_class
      where relkind = 'r' and relnamespace = any (current_schemas(false)::regnamespace[])
        and relname like 'tallyman!_%' escape '!'`.execute(this.#db)
    return rows.map(({ name }) => ({ name, isView: false, isForeign: false, columns: [] }))
  }
}
