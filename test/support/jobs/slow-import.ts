import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import type { Job } from '../../../src/domain/jobs/job.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { createJob } from '../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { OPERATOR } from './a-job.ts'
import type { ConsoleServer } from '../programs/console-server.ts'
import { slowDown } from '../slow-table.ts'

const MS_A_ROW = 0.4

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

async function makeSlowTable({ tables, db }: ConsoleServer['store']): Promise<void> {
  if ((await tables.describe(db, 'slow_person')) !== undefined) return
  await sql`create table slow_person (id integer not null, name text not null)`.execute(db)
  await slowDown(db, 'slow_person', MS_A_ROW)
}

function linesOf(records: number): string[] {
  return Array.from({ length: records }, (_, index) =>
    index % 50 === 49 ? `${index},` : `${index},Name ${index}`,
  )
}
