import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import type { Job } from '../../../src/domain/jobs/job.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { createJob } from '../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { OPERATOR } from './a-job.ts'
import type { ConsoleServer } from '../programs/console-server.ts'

/** Steps that the database makes for each row of a slow table: some tenths of a millisecond. */
const STEPS = 4_000

type Wanted = {
  records?: number
  label?: string
  status?: 'editing' | 'start_pending'
}

/**
 * A job that takes long enough to be watched, because its table does: a trigger makes work of each
 * row. Every fiftieth record is rejected.
 */
export async function aSlowImport(
  { store, folder }: Pick<ConsoleServer, 'store' | 'folder'>,
  { records = 200_000, label = 'Slow people', status = 'start_pending' }: Wanted = {},
): Promise<Job> {
  await makeSlowTable(store)
  const file = path.join(folder, `slow-${records}.csv`)
  writeFileSync(file, `id,name\n${linesOf(records).join('\n')}\n`)
  const specification = parseImportSpecification({ path: file, table: 'slow_person' })
  return await createJob(
    store.db,
    { ...importJob(specification, { label }), status },
    { now: new Date(), actor: OPERATOR },
  )
}

async function makeSlowTable({ db }: ConsoleServer['store']): Promise<void> {
  await sql`create table if not exists slow_person (id integer not null, name text not null)`.execute(
    db,
  )
  await sql`
    create trigger if not exists slow_down before insert on slow_person begin
      select count(*) from
        (with recursive n (i) as (select 1 union all select i + 1 from n where i < ${sql.lit(STEPS)})
         select i from n);
    end`.execute(db)
}

function linesOf(records: number): string[] {
  return Array.from({ length: records }, (_, index) =>
    index % 50 === 49 ? `${index},` : `${index},Name ${index}`,
  )
}
