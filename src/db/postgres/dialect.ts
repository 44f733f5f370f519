import { PostgresAdapter, PostgresDialect, sql, type Kysely } from 'kysely'
import type { DatabaseKind, KindAdapter } from '../kind.ts'
import { NamesOfTables } from '../names-of-tables.ts'

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

/** Kysely's own, but for one question that it asks with every opening. */
export class LeanDialect extends PostgresDialect {
  override createAdapter() {
    return new OwnAdapter()
  }

  override createIntrospector(db: Kysely<unknown>) {
    return new NamesOfTables(db, OWN_TABLES)
  }
}
