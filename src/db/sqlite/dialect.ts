import { sql, SqliteAdapter, SqliteDialect, type Kysely, type SqliteDatabase } from 'kysely'
import type { KindAdapter } from '../kind.ts'
import { ImmediateDriver, type ConnectionParts } from './connection/immediate-driver.ts'
import { NamesOfTables } from '../names-of-tables.ts'
import { cachedStatement } from './statements/statement-cache.ts'
import { SQLITE } from './own/kind.ts'

const TABLES = sql<{ name: string }>`select name from sqlite_master where type = 'table'`

/** SQLite with our own driver; introspection gives only what migrations need. */
export class ImmediateDialect extends SqliteDialect {
  readonly #database: SqliteDatabase
  readonly #shared: ConnectionParts

  constructor(shared: ConnectionParts) {
    const database = cachedStatement(shared.handle)
    super({ database })
    this.#database = database
    this.#shared = shared
  }

  override createDriver() {
    return new ImmediateDriver(this.#database, this.#shared)
  }

  override createAdapter() {
    return new TransactionalAdapter()
  }

  override createIntrospector(db: Kysely<unknown>) {
    return new NamesOfTables(db, TABLES)
  }
}

/**
 * SQLite's DDL is transactional. So all migrations run in one transaction: a killed migration
 * leaves nothing, and of processes that open a new database at once, one creates its tables.
 */
class TransactionalAdapter extends SqliteAdapter implements KindAdapter {
  readonly kind = SQLITE

  override get supportsTransactionalDdl() {
    return true
  }
}
