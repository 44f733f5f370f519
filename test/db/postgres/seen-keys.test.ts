import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { onConnection } from '../../../src/db/postgres/ground/connection.ts'
import { SeenKeys } from '../../../src/db/postgres/statements/seen-keys.ts'
import { databases } from '../../support/databases.ts'
import { aJob } from '../../support/jobs/a-job.ts'

const [, openDatabase] = databases[0]

test('keys are looked up one by one, also where the server knows nothing of their number', async () => {
  const { db } = await openDatabase()
  const { id } = await aJob(db, {})
  await sql`alter table tallyman_key set (autovacuum_enabled = false)`.execute(db)
  await sql`
    insert into tallyman_key (job_id, key)
    select ${id}::int, 'key ' || n from generate_series(1, 20000) n`.execute(db)
  await db.transaction().execute(async (trx) => {
    const { known, read } = await onConnection(trx, async (client) => {
      const rules = { doubles: 'reject', duplicates: 'update' } as const
      const seen = new SeenKeys(client, { jobId: id, key: ['id'], ...rules })
      const ids = Array.from({ length: 1_000 }, (_, at) => `key ${at * 40}`)
      await seen.load(ids)
      const { rows } = await client.query<{ read: string }>(`
        select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables
        where relname = 'tallyman_key' and schemaname = 'public'`)
      return { known: ids.filter((one) => seen.has(one)).length, read: Number(rows[0]?.read) }
    })
    expect(known).toBe(500)
    expect(read).toBeLessThan(1_000)
  })
})
