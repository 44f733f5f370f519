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

/** Tallyman's own, in the schemas where they are looked for. */
const OWN_TABLES = sql<{ name: string }>`
  select relname as name from pg_class
  where relkind = 'r' and relnamespace = any (current_schemas(false)::regnamespace[])
    and relname like 'tallyman!_%' escape '!'`

/** There is no index of texts yet, and only a superuser could take a part of a table away. */
const POSTGRES: DatabaseKind = {
  findText: () => Promise.resolve(undefined),
  isTextIndexed: () => Promise.resolve(true),
  nameKey: (name) => name,
  missingParts: () => Promise.resolve([]),
}

class OwnAdapter extends PostgresAdapter implements KindAdapter {
  readonly kind = POSTGRES
}

/** PostgreSQL over a driver of our own; of the tables it tells no more than migrations ask for. */
export class PgDialect implements Dialect {
  readonly #driver: Driver

  constructor(driver: Driver) {
    this.#driver = driver
  }

  createDriver() {
    return this.#driver
  }

  createAdapter() {
    return new OwnAdapter()
  }

  createQueryCompiler() {
    return new PostgresQueryCompiler()
  }

  createIntrospector(db: Kysely<unknown>) {
    return new NamesOfTables(db, OWN_TABLES)
  }
}
