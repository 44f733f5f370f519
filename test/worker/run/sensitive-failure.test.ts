import { writeFileSync } from 'node:fs'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Store } from '../../../src/db/store.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { createJob, requireJob } from '../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { byDatabase, databases } from '../../support/databases.ts'
import { NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { aLog } from '../../support/programs/a-log.ts'
import { tmpDir } from '../../support/tmp.ts'

/** Makes a write fail with the value in the words of the database, by a code that is of no record. */
const breakStore = byDatabase<(store: Store) => Promise<Store>>({
  SQLite: (store) => {
    const error = new Sqlite.SqliteError('bad path: ann@x.example', 'SQLITE_INTERNAL')
    const openTarget = () => {
      throw error
    }
    return Promise.resolve({ ...store, openTarget })
  },
  PostgreSQL: async (store) => {
    await sql`create function quote_mail() returns trigger language plpgsql as $$
      begin raise exception 'bad path: %', new.mail using errcode = '26000'; end $$`.execute(
      store.db,
    )
    await sql`create trigger quoting after insert on client
      for each row execute function quote_mail()`.execute(store.db)
    return store
  },
})

describe.each(databases)('a failure that nobody foresaw, on %s', (_name, open) => {
  async function failed(fields: object) {
    const { store, db, everything } = await open()
    await sql`create table client (id integer primary key, mail text)`.execute(db)
    const broken = await breakStore(store)
    const file = path.join(tmpDir(), 'clients.csv')
    writeFileSync(file, 'id,mail\n1,ann@x.example\n')
    const specification = parseImportSpecification({ path: file, table: 'client', fields })
    const wanted = { ...importJob(specification, {}), status: 'start_pending' } as const
    const { id } = await createJob(db, wanted, { now: NOON, actor: OPERATOR })
    const { log, lines } = aLog()
    await runWaiting(broken, { log })
    const job = await requireJob(db, id)
    expect(job).toMatchObject({ status: 'failed', failure_reason: 'internal' })
    return { job, told: JSON.stringify([await everything(), lines]) }
  }

  test('is told in its own words', async () => {
    const { job, told } = await failed({})
    expect(JSON.stringify(job.failure_params)).toContain('ann@x.example')
    expect(told).toContain('ann@x.example')
  })

  test('is told without them where a field is sensitive', async () => {
    const { job, told } = await failed({ mail: { sensitive: true } })
    expect(told).not.toContain('ann@x.example')
    const { detail = '' } = job.failure_params ?? {}
    expect(detail).toMatch(
      byDatabase({ SQLite: /^SqliteError SQLITE_INTERNAL/, PostgreSQL: /26000/ }),
    )
    expect(told).toContain('    at ')
  })
})

describe.each(databases)(
  'a file whose first lines do not tell its header, on %s',
  (_name, open) => {
    test.each([
      [{}, 'ann@x.example'],
      [{ mail: { sensitive: true } }, '***'],
    ])('is told with them unless a field is sensitive: %j', async (fields, quoted) => {
      const { store, db, everything } = await open()
      await sql`create table client (id integer primary key, mail text)`.execute(db)
      const file = path.join(tmpDir(), 'clients.csv')
      writeFileSync(file, '1,ann@x.example\n2,bob@x.example\n3,eve@x.example\n')
      const specification = parseImportSpecification({ path: file, table: 'client', fields })
      const wanted = { ...importJob(specification, {}), status: 'start_pending' } as const
      const { id } = await createJob(db, wanted, { now: NOON, actor: OPERATOR })
      const { log, lines } = aLog()
      await runWaiting(store, { log })
      const job = await requireJob(db, id)
      expect(job).toMatchObject({ status: 'failed', failure_reason: 'invalid_specification' })
      expect(job.failure_params?.['lines']).toContain(quoted)
      const told = JSON.stringify([await everything(), lines])
      expect(told.includes('ann@x.example')).toBe(quoted !== '***')
    })
  },
)
