import {
  PostgresAdapter,
  PostgresQueryCompiler,
  sql,
  type Dialect,
  type Driver,
  type Kysely,
} from 'kysely'
import type { DatabaseKind, KindAdapter } from '../../kind.ts'
import { NamesOfTables } from '../../names-of-tables.ts'

/** Tallyman's own tables: of its schema, or else of those of the search path. */
function ownTables(schema: string | undefined) {
  return sql<{ name: string }>`
    select relname as name from pg_class
    where relkind = 'r' and relname like 'tallyman!_%' escape '!' and relnamespace = any (
      select oid from pg_namespace
      where nspname = any (${schema === undefined ? sql`current_schemas(false)` : sql`array[${schema}]`}))`
}

class OwnAdapter extends PostgresAdapter implements KindAdapter {
  readonly kind: DatabaseKind

  constructor(kind: DatabaseKind) {
    super()
    this.kind = kind
  }
}

/** PostgreSQL through our own driver; introspection gives only what migrations need. */
export class PgDialect implements Dialect {
  readonly #driver: Driver
  readonly #kind: DatabaseKind

  constructor(driver: Driver, kind: DatabaseKind) {
    this.#driver = driver
    this.#kind = kind
  }

  createDriver() {
    return this.#driver
  }

  createAdapter() {
    return new OwnAdapter(this.#kind)
  }

  createQueryCompiler() {
    return new PostgresQueryCompiler()
  }

  createIntrospector(db: Kysely<unknown>) {
    return new NamesOfTables(db, ownTables(this.#kind.schema))
  }
}
