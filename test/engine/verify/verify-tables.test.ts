import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { importsAlike } from '../../../src/engine/jobs/imports-alike.ts'
import { commitBatch } from '../../../src/engine/lifecycle/batch.ts'
import { accountedTables } from '../../../src/engine/verify/verify-tables.ts'
import type { Db } from '../../../src/db/store.ts'
import { aBatch } from '../../support/jobs/a-batch.ts'
import { aJob } from '../../support/jobs/a-job.ts'
import { databases } from '../../support/databases.ts'

/** A job that made the table and put ten rows into it. */
async function aWritingJob(db: Db, table: string, claim: string): Promise<void> {
  const { id } = await aJob(db, { status: 'running', claim })
  await sql`update tallyman_job set target_table = ${table} where id = ${id}`.execute(db)
  const made = { code: 'TLY-1015', params: { table, columns: 'id' } } as const
  const batch = aBatch({ jobId: id, claim, journal: [made], file: { size: 7 } })
  await db.transaction().execute((trx) => commitBatch(trx, batch))
}

/** Inserts that are undone take numbers with them, where the database gives them so. */
async function undone(db: Db): Promise<void> {
  const trx = await db.startTransaction().execute()
  await aJob(trx)
  await trx.rollback().execute()
}

describe.each(databases)('the rows of tables on %s', (name, open) => {
  const isSqlite = name === 'SQLite'

  test('are accounted for, whatever numbers of jobs were never used', async () => {
    const { db } = await open()
    await aWritingJob(db, 'person', 'one')
    await undone(db)
    await aWritingJob(db, 'crew', 'other')
    const tables = await db.transaction().execute(accountedTables)
    expect(tables).toHaveLength(2)
    expect(tables).toEqual(
      expect.arrayContaining([
        { table: 'person', jobs: 1, rows: 10 },
        { table: 'crew', jobs: 1, rows: 10 },
      ]),
    )
  })

  test('are of one table where the database takes its two names for one', async () => {
    const { db } = await open()
    await aWritingJob(db, 'Person', 'one')
    await aWritingJob(db, 'person', 'other')
    await aWritingJob(db, 'Ñandú', 'third')
    await aWritingJob(db, 'ñandú', 'fourth')
    const tables = await db.transaction().execute(accountedTables)
    expect(tables.map(({ jobs }) => jobs).toSorted()).toEqual(isSqlite ? [1, 1, 2] : [1, 1, 1, 1])
    expect(await importsAlike(db, { table: 'PERSON', size: 7 })).toHaveLength(2)
  })
})
