import { sql } from 'kysely'
import type { Db, Trx } from '../../store.ts'

/** The schema whose tables go without it in the names that are shown and kept. */
export const PUBLIC = 'public'

/**
 * Where tables are made that have no schema in their name; null where there is no such schema. It is
 * kept by the session where its own path begins with the schema of Tallyman's tables.
 */
export const HOME = sql<string | null>`
  (parse_ident(nullif(coalesce(current_setting('tallyman.home', true),
                               quote_ident(current_schema())), '')))[1]`

export async function homeOf(db: Db | Trx): Promise<string | undefined> {
  const { rows } = await sql<{ home: string | null }>`select ${HOME} as home`.execute(db)
  return rows[0]?.home ?? undefined
}
