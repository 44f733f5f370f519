import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { onTestFinished } from 'vitest'
import { openStore } from '../../../src/db/open.ts'
import type { Store } from '../../../src/db/store.ts'

/**
 * The same database, opened by a user of its own who may do all with Tallyman's tables, and what is
 * granted besides: `select on person`.
 */
export async function asUser(owner: Store, granted: string[]): Promise<Store> {
  const user = `user_${randomUUID().slice(0, 8)}`
  const own = await sql<{ name: string }>`
    select tablename as name from pg_tables where tablename like 'tallyman!_%' escape '!'`.execute(
    owner.db,
  )
  const names = own.rows.map(({ name }) => name).join(', ')
  const statements = [
    `create role ${user} login password 'secret'`,
    `grant all on ${names} to ${user}`,
    ...granted.map((right) => `grant ${right} to ${user}`),
  ]
  for (const statement of statements) await sql.raw(statement).execute(owner.db)
  const url = new URL(owner.url)
  url.username = user
  url.password = 'secret'
  const store = await openStore(url.href)
  onTestFinished(async () => {
    await store.close()
    await sql.raw(`drop owned by ${user}; drop role ${user}`).execute(owner.db)
  })
  return store
}
