import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Store } from '../../../src/db/store.ts'
import { importSpecification } from '../../../src/domain/specification/specification.ts'
import { deleteJob } from '../../../src/engine/cleanup/delete-job.ts'
import { inSnapshot } from '../../../src/engine/ground/in-snapshot.ts'
import { createJob } from '../../../src/engine/jobs/jobs.ts'
import { accountedTables } from '../../../src/engine/verify/verify-tables.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { filesIn } from '../../../src/pipeline/export/result-file.ts'
import { OPERATOR } from '../../support/jobs/a-job.ts'
import { aStore } from '../../support/a-store.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'

const by = () => ({ now: new Date(), actor: OPERATOR })

async function imported(store: Store, folder: string, lines: string[], given: object = {}) {
  const file = path.join(folder, 'people.csv')
  writeFileSync(file, `${lines.join('\n')}\n`)
  const specification = importSpecification.parse({
    path: file,
    table: 'person',
    create: true,
    key: ['id'],
    operation: 'insert_or_update',
    duplicates: 'update',
    ...given,
  })
  const wanted = { ...importJob(specification, {}), status: 'start_pending' } as const
  const { id } = await createJob(store.db, wanted, by())
  await runWaiting(store)
  return id
}

async function accounted(store: Store) {
  const tables = await inSnapshot(store.db, (trx) => accountedTables(trx))
  return {
    accounted: tables.map(({ rows }) => rows),
    rows: await store.tables.count(store.db, 'person'),
  }
}

test('rows that triggers inserted and deleted are accounted for, also when their job is deleted', async () => {
  const { store, folder } = await aStore()
  await imported(store, folder, ['id,name', '1,Ann', '2,Bob'])
  await sql`create trigger busy after insert on person when new.id < 100 begin
    insert into person values (new.id + 100, 'made'), (new.id + 200, 'made');
    delete from person where id = new.id - 8;
  end`.execute(store.db)
  const job = await imported(store, folder, ['id,name', '9,Cy', '10,Di', '11,Ed'])
  // Nothing of it stays.
  await imported(store, folder, ['id,name', '12,Fi'], { dryRun: true })
  expect(await accounted(store)).toEqual({ accounted: [9], rows: 9 })

  await deleteJob(store.db, job, { ...by(), files: filesIn('/no/outbox') })
  expect(await accounted(store)).toEqual({ accounted: [9], rows: 9 })
})
