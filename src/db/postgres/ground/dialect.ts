import {
  PostgresAdapter,
  PostgresQueryCompiler,
  sql,
  type Dialect,
  type Driver,
  type Kysely,
} from 'kysely'
import type { DatabaseKind, KindAdapter } from '../../kind.ts'
import type { Trx } from '../../store.ts'
import { NO_HINTS } from '../../planner-hints.ts'
import { NamesOfTables } from '../../names-of-tables.ts'

/** Tallyman's own tables, in the schemas of the search path. */
const OWN_TABLES = sql<{ name: string }>`
  select relname as name from pg_class
  where relkind = 'r' and relnamespace = any (current_schemas(false)::regnamespace[])
    and relname like 'tallyman!_%' escape '!'`

/** There is no text index yet, and only a superuser could remove parts of a table. */
const POSTGRES: DatabaseKind = {
  findText: () => Promise.resolve(undefined),
  isTextIndexed: () => Promise.resolve(true),
  openBatch,
  nameKey: (name) => name,
  hints: NO_HINTS,
  missingParts: () => Promise.resolve([]),
}

/**
 * A crash of the server may lose the last batches whole, with their checkpoint, and the job goes on
 * from the one before, as on SQLite. The end of a run waits for the disk, and so for all before it.
 */
async function openBatch(trx: Trx): Promise<void> {
  await sql`set local synchronous_commit = off`.execute(trx)
}

class OwnAdapter extends PostgresAdapter implements KindAdapter {
  readonly kind = POSTGRES
}

/** PostgreSQL through our own driver; introspection gives only what migrations need. */
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
