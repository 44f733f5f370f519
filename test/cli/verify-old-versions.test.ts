import path from 'node:path'
import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../src/db/open.ts'
import { MIGRATIONS } from '../../src/db/versions.ts'
import { openSqlite } from '../../src/db/sqlite/open.ts'
import { parseImportSpecification } from '../../src/domain/specification/parse-specification.ts'
import { searchColumns } from '../../src/engine/ground/search-columns.ts'
import { tmpDir } from '../support/tmp.ts'
import { verified } from '../support/jobs/verified.ts'

const AT = '2026-01-01T00:00:00.000Z'
const ENTRIES = ['TLY-1001', 'TLY-1005', 'TLY-1022', 'TLY-1013', 'TLY-1008']

/** A dry run that finished, as a version left it that said less. */
function aDryRun(id: number): string[] {
  const specification = parseImportSpecification({
    path: '/data/p.csv',
    table: 'person',
    dryRun: true,
  })
  const { label_key, search_text } = searchColumns({
    label: 'Old',
    description: '',
    file_name: 'p.csv',
    target_table: 'person',
  })
  return [
    `insert into tallyman_job (id, type, label, status, specification, target_table, file_name,
       created_at, created_by, started_at, started_by, ended_at, dated_at, label_key, search_text,
       attempts, total, batches, revision)
     values (${id}, 'import', 'Old', 'finished', '${JSON.stringify(specification)}', 'person',
       'p.csv', '${AT}', 'ana', '${AT}', 'ana', '${AT}', '${AT}', '${label_key}', '${search_text}',
       1, 0, 2, 4)`,
    ...ENTRIES.map(
      (code) =>
        `insert into tallyman_journal (job_id, at, code, level, params, actor)
         values (${id}, '${AT}', '${code}', 'information',
           '${code === 'TLY-1008' ? '{"processed":0,"rejects":0}' : '{"worker":"w"}'}',
           '${code === 'TLY-1001' ? 'ana' : 'w'}')`,
    ),
  ]
}

/** Jobs of a version that told less and kept no record of removals, some of which were deleted. */
async function anOldDatabase() {
  const file = path.join(tmpDir(), 'old.db')
  const old = await openSqlite(file)
  const migrator = new Migrator({
    db: old.db,
    provider: MIGRATIONS,
    migrationTableName: 'tallyman_migration',
    migrationLockTableName: 'tallyman_migration_lock',
  })
  await migrator.migrateTo('0003_deaths')
  const statements = [1, 2, 3, 4, 5].flatMap(aDryRun)
  for (const id of [2, 3, 5]) {
    statements.push(`delete from tallyman_job where id = ${id}`)
    statements.push(`delete from tallyman_journal where job_id = ${id}`)
  }
  for (const statement of statements) await sql.raw(statement).execute(old.db)
  await old.close()
  const store = await openStore(`sqlite:${file}`)
  onTestFinished(() => store.close())
  return store
}

test('what older versions did not write is not missed', async () => {
  expect(await verified(await anOldDatabase())).toMatchObject({ found: [], jobs: 2 })
})

test('what somebody takes away since is missed', async () => {
  const store = await anOldDatabase()
  await sql`delete from tallyman_job where id = 4`.execute(store.db)
  const found = (await verified(store)).found.map(({ problem }) => problem)
  expect(found).toContainEqual({ problem: 'jobs_gone', from: 4, to: 4 })
})
