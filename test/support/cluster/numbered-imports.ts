import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import type { Db, Store } from '../../../src/db/store.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { createJob } from '../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'

/**
 * A table without a key, so that a record which is written twice is there twice.
 * @param sleepMs how long each row takes
 */
export async function makeNumbered(db: Db, sleepMs = 0): Promise<void> {
  await sql`create table numbered (file integer, id integer)`.execute(db)
  if (sleepMs === 0) return
  await sql
    .raw(
      `create function slow_down() returns trigger language plpgsql as
       'begin perform pg_sleep(${sleepMs / 1000}); return new; end';
       create trigger slow_down before insert on numbered for each row execute function slow_down()`,
    )
    .execute(db)
}

/** A waiting import of so many records. @returns its job's id */
export async function numberedImport(
  { db }: Pick<Store, 'db'>,
  folder: string,
  { number, records }: { number: number; records: number },
): Promise<number> {
  const file = path.join(folder, `numbered-${number}.csv`)
  const lines = Array.from({ length: records }, (_, id) => `${number},${id}`)
  writeFileSync(file, `file,id\n${lines.join('\n')}\n`)
  const specification = parseImportSpecification({ path: file, table: 'numbered' })
  const wanted = { ...importJob(specification, {}), status: 'start_pending' } as const
  return (await createJob(db, wanted, { now: new Date(), actor: 'test' })).id
}

/** Rows that are there more than once, and how many there are. */
export async function countNumbered(db: Db): Promise<{ rows: number; twice: number }> {
  const { rows } = await sql<{ rows: number; twice: number }>`
    select coalesce(sum(times), 0)::int as rows, (count(*) filter (where times > 1))::int as twice
    from (select count(*) as times from numbered group by file, id) as counted`.execute(db)
  return rows[0] ?? { rows: 0, twice: 0 }
}
