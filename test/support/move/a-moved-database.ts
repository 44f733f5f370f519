import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { sql } from 'kysely'
import { onTestFinished } from 'vitest'
import { openStore } from '../../../src/db/open.ts'
import type { Db, Store } from '../../../src/db/store.ts'
import {
  parseExportSpecification,
  parseImportSpecification,
} from '../../../src/domain/specification/parse-specification.ts'
import { storedPath } from '../../../src/domain/specification/stored-path.ts'
import { createJob } from '../../../src/engine/jobs/jobs.ts'
import { exportJob, importJob } from '../../../src/engine/jobs/new-job.ts'
import { OPERATOR } from '../jobs/a-job.ts'
import { aFaultyImport, repair } from '../jobs/a-repair.ts'
import { runWaiting } from '../jobs/run-waiting.ts'
import { aStoredFile } from '../pipeline/a-stored-file.ts'
import { tmpDir } from '../tmp.ts'

const PEOPLE = 'id,name,age\n6,Fay,20\n7,Gus,many\n'

/** A SQLite database with jobs of every kind, and files on the disk and in pieces. */
export async function aSource(): Promise<Store> {
  const store = await openStore(`sqlite:${path.join(tmpDir(), 'source.db')}`)
  onTestFinished(() => store.close())
  const { db } = store
  const faulty = await aFaultyImport(store)
  await repair(db, faulty, { 2: '2,Bo,20' })
  await aFaultyImport(store, { dryRun: true }, 'id,name,age\n8,Hal,1\n')
  for (const place of ['database', 'beside'] as const) {
    const file = await aStoredFile(store, PEOPLE, { place })
    const wanted = { path: storedPath(file), table: 'person', key: ['id'] }
    await startJob(db, importJob(parseImportSpecification(wanted), {}))
  }
  const result = { path: storedPath(randomUUID()), table: 'person' }
  await startJob(db, exportJob(parseExportSpecification(result), {}))
  await runWaiting(store)
  return store
}

async function startJob(db: Db, job: ReturnType<typeof importJob> | ReturnType<typeof exportJob>) {
  const by = { now: new Date(), actor: OPERATOR }
  await createJob(db, { ...job, status: 'start_pending' }, by)
}

/** What no finished job leaves, so that no table is empty. */
export async function fillTheRest(db: Db): Promise<void> {
  const [job_id, at, bytes] = [1, '2026-01-31T12:00:00.000Z', Buffer.from([0, 92, 255])]
  const waiting = { job_id, record: 9, line: 10, offset: 99, raw: bytes }
  const worker = { id: 'w', name: 'w', host: 'h', version: '1', started_at: at, heartbeat_at: at }
  const removed = {
    type: 'import',
    label: 'Old',
    status: 'finished',
    target_table: 'person',
  } as const
  await db.insertInto('tallyman_key').values({ job_id, key: 'tab\tline\nback\\slash' }).execute()
  await db
    .insertInto('tallyman_postponed')
    .values({ ...waiting, key: null, second_key: '', waits_for: '\\N' })
    .execute()
  const template = { name: 'Plan', name_key: 'plan', description: '', type: 'import' } as const
  await db
    .insertInto('tallyman_template')
    .values({ ...template, specification: '{}', created_at: at, created_by: OPERATOR })
    .execute()
  await db
    .insertInto('tallyman_template_change')
    .values({ template_id: 1, at, by: OPERATOR, parts: '[]' })
    .execute()
  await db.insertInto('tallyman_leftover').values({ job_id: 90 }).execute()
  await db.insertInto('tallyman_clock').values({ id: 1, seen_at: at }).execute()
  await db
    .insertInto('tallyman_form')
    .values({ key: 'k', sent_at: at, leads_to: null, held_by: null })
    .execute()
  await db
    .insertInto('tallyman_worker')
    .values({ ...worker, lease_ms: 10_000, claim: null, lock_key: null, process: null })
    .execute()
  await db
    .insertInto('tallyman_removal')
    .values({
      ...removed,
      job_id: 90,
      file_name: 'old.csv',
      file_sha256: null,
      dry_run: 0,
      counters: '{}',
      total: null,
      created_at: at,
      created_by: OPERATOR,
      started_at: null,
      ended_at: null,
      removed_at: at,
      removed_by: OPERATOR,
      first_entry: null,
      last_entry: 900,
      begin_entry: null,
      end_entry: null,
      empty_entry: null,
    })
    .execute()
  // Ids that were given to what is deleted.
  for (const [table, id] of Object.entries(LAST_IDS)) {
    await sql`update sqlite_sequence set seq = ${id} where name = ${table}`.execute(db)
  }
}

/** The last ids that the tables of `fillTheRest` have given. */
export const LAST_IDS = {
  tallyman_job: 90,
  tallyman_journal: 900,
  tallyman_template: 40,
  tallyman_template_change: 50,
}

/** Many rejects and a file of some size on the disk, so that a move takes a while. */
export async function makeLarge(store: Store): Promise<void> {
  await sql`
    with recursive n (i) as (select 100 union all select i + 1 from n where i < 120000)
    insert into tallyman_reject (job_id, record, seq, kind, at, line, "offset", connector, type,
      field, code, params, raw)
    select 1, i, 0, 1, '', i, i, 'text', 'error', null, 'TLY-2001', '{}', zeroblob(100 + i % 50)
    from n`.execute(store.db)
  await aStoredFile(store, Buffer.alloc(24 * 1024 * 1024, 'abc'), { place: 'beside' })
}
