import { PostgresDialect, sql, type Kysely } from 'kysely'
import { NamesOfTables } from '../names-of-tables.ts'

/** Tallyman's own, in the schemas where they are looked for. */
const OWN_TABLES = sql<{ name: string }>`
  select relname as name from pg_class
  where relkind = 'r' and relnamespace = any (current_schemas(false)::regnamespace[])
    and relname like 'tallyman!_%' escape '!'`

/** Kysely's own, but for one question that it asks with every opening. */
export class LeanDialect extends PostgresDialect {
  override createIntrospector(db: Kysely<unknown>) {
    return new NamesOfTables(db, OWN_TABLES)
  }
}
