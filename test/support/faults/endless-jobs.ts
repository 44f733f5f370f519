import path from 'node:path'
import { sql } from 'kysely'
import type { Store } from '../../../src/db/store.ts'
import type { Job } from '../../../src/domain/jobs/job.ts'
import {
  parseExportSpecification,
  parseImportSpecification,
} from '../../../src/domain/specification/parse-specification.ts'
import { createJob } from '../../../src/engine/jobs/jobs.ts'
import { exportJob, importJob, type NewJob } from '../../../src/engine/jobs/new-job.ts'
import { OPERATOR } from '../jobs/a-job.ts'
import { ENDLESS, makeEndless, type Packing } from './endless.ts'

/** A job that would never end, in a database of its own. */
export type EndlessJob = {
  folder: string
  store: Store
  job: NewJob
  /** The command that makes it; undefined where that looks at the source for ever. */
  command: string[] | undefined
  /** Records that are written before it stands before its wall. */
  processed: number
}

/** What is hostile, in which format. */
export type EndlessCase = [what: string, packing: Packing]

export const ENDLESS_IMPORTS: EndlessCase[] = Object.entries(ENDLESS).flatMap(
  ([what, { packings }]) => packings.map((packing): EndlessCase => [what, packing]),
)
const SLOW_VIEW = 'a view that never answers'
export const ENDLESS_EXPORTS: EndlessCase[] = [
  [SLOW_VIEW, 'csv'],
  [SLOW_VIEW, 'csv.gz'],
]

export async function anEndlessJob(
  [what, packing]: EndlessCase,
  { folder, store }: Pick<EndlessJob, 'folder' | 'store'>,
): Promise<EndlessJob> {
  await sql`create table person (id integer primary key, name text, age integer)`.execute(store.db)
  await sql`create view slow as
    with recursive n (i) as (select 1 union all select i + 1 from n) select max(i) from n`.execute(
    store.db,
  )
  const file = path.join(folder, `people.${packing}`)
  const source = ENDLESS[what]
  if (source === undefined) {
    const job = exportJob(parseExportSpecification({ table: 'slow', path: file }), {})
    return { folder, store, job, command: ['export', 'slow', '--to', file], processed: 0 }
  }
  makeEndless(file, source, packing)
  const { head, header, processed } = source
  const job = importJob(parseImportSpecification({ path: file, table: 'person', header }), {})
  const command = head !== '' ? ['import', file, '--into', 'person'] : undefined
  return { folder, store, job, command, processed }
}

export async function makeWaiting({ store, job }: EndlessJob): Promise<Job> {
  return await createJob(
    store.db,
    { ...job, status: 'start_pending' },
    { now: new Date(), actor: OPERATOR },
  )
}
