import Sqlite from 'better-sqlite3'
import { Kysely, sql, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { MIGRATIONS } from '../../versions.ts'
import type { Db } from '../../store.ts'

type Part = { type: string; name: string; sql: string | null }

/**
 * Tables, indexes and triggers of the migrations that the database lacks, and triggers whose SQL
 * differs. The stored SQL of a table depends on how it was created; that of a trigger is verbatim.
 */
export async function missingParts(db: Db): Promise<string[]> {
  const found = new Map((await partsOf(db)).map((part) => [nameOf(part), part]))
  const made = await madeByMigrations()
  return made
    .filter((part) => {
      const there = found.get(nameOf(part))
      return there === undefined || (part.type === 'trigger' && there.sql !== part.sql)
    })
    .map(({ name }) => name)
}

async function madeByMigrations(): Promise<Part[]> {
  const dialect = new SqliteDialect({ database: new Sqlite(':memory:') })
  const db = new Kysely<unknown>({ dialect })
  try {
    const migrator = new Migrator({ db, provider: MIGRATIONS })
    const { error } = await migrator.migrateToLatest()
    if (error !== undefined) throw error
    return await partsOf(db)
  } finally {
    await db.destroy()
  }
}

async function partsOf<Tables>(db: Kysely<Tables>): Promise<Part[]> {
  const { rows } = await sql<Part>`
    select type, name, sql from sqlite_master
    where name like 'tallyman!_%' escape '!' order by name`.execute(db)
  return rows
}

function nameOf({ type, name }: Part): string {
  return `${type} ${name}`
}
