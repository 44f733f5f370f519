import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import type { Store } from '../../../src/db/store.ts'
import {
  type GivenImport,
  importSpecification,
  type ImportSpecification,
} from '../../../src/domain/specification/specification.ts'
import { runImport } from '../../../src/pipeline/import/import.ts'
import type { Batch } from '../../../src/domain/jobs/batch.ts'
import type { Resume, RunEnd } from '../../../src/pipeline/ports.ts'
import { aStore } from '../a-store.ts'
import { portsWith } from '../jobs/run-ports.ts'
import { tmpDir } from '../tmp.ts'

const PERSON = `create table person (
  id integer primary key,
  name text not null,
  age integer check (age >= 0),
  note text
)`

export const STAMPS = {
  job: '1',
  file: 'source.csv',
  time: '2026-01-31T10:00:00.000Z',
  operator: 'ana',
}

export type Ran = { end: RunEnd; batches: Batch[]; last: Batch }

type RunOptions = {
  resume?: Resume
  diedAfter?: number | null
  stopAfter?: number
  afterBatch?(number: number): Promise<void>
}

/** Runs an import on the real database; asks it to stop after a batch where `stopAfter` says so. */
export async function run(
  store: Store,
  specification: ImportSpecification,
  { resume, diedAfter = null, stopAfter = Infinity, afterBatch }: RunOptions = {},
): Promise<Ran> {
  const batches: Batch[] = []
  const end = await runImport({
    store,
    jobId: 1,
    stamps: STAMPS,
    specification,
    resume,
    diedAfter,
    ports: portsWith(async (write) => {
      batches.push(await store.db.transaction().execute(write))
      await afterBatch?.(batches.length)
      return batches.length >= stopAfter ? 'stop' : 'go_on'
    }),
  })
  const last = batches.at(-1)
  if (last === undefined) throw new Error('the import committed nothing')
  return { end, batches, last }
}

/** The parts of a specification that a test names; the others are as if nobody had. */
export type SomeOfImport = Partial<GivenImport>

export function specify(given: SomeOfImport): ImportSpecification {
  return importSpecification.parse({
    path: '',
    table: 'person',
    operation: 'insert_or_update',
    duplicates: 'update',
    ...given,
  })
}

export async function freshStore(
  create = PERSON,
  encoding = 'UTF-8',
): Promise<{ store: Store; folder: string }> {
  const { folder, store } = await aStore(tmpDir(), 'test.db', encoding)
  await sql.raw(create).execute(store.db)
  return { store, folder }
}

/** The same database for another case, with nothing in it but the tables that this makes anew. */
export async function emptyAgain({ db }: Store, table: string, create = PERSON): Promise<void> {
  const own = ['tallyman_key', 'tallyman_postponed', 'tallyman_change']
  for (const name of own) await sql`delete from ${sql.table(name)}`.execute(db)
  await sql`drop table ${sql.table(table)}`.execute(db)
  await sql.raw(create).execute(db)
}

export async function people(store: Store): Promise<unknown[]> {
  return (await sql`select * from person order by id`.execute(store.db)).rows
}

export function written(folder: string, text: string | Buffer): string {
  const file = path.join(folder, 'source.csv')
  writeFileSync(file, text)
  return file
}
