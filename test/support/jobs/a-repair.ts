import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import type { Db, Store } from '../../../src/db/store.ts'
import type { ImportSpecification } from '../../../src/domain/specification/specification.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { createJob } from '../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { startRepair } from '../../../src/engine/repair/start-repair.ts'
import { NOON, OPERATOR } from './a-job.ts'
import { runWaiting } from './run-waiting.ts'
import { tmpDir } from '../tmp.ts'

const FIVE = `id,name,age
1,Ana,31
2,Bo,many
3,,40
4,Dora,-1
5,Eva,x
`

/** A finished import of five people, of whom only the first went in. @returns its id */
export async function aFaultyImport(
  store: Store,
  given: Partial<ImportSpecification> = {},
  text: string | Buffer = FIVE,
): Promise<number> {
  const file = path.join(tmpDir(), 'people.csv')
  writeFileSync(file, text)
  await sql`create table if not exists person
    (id integer primary key, name text not null, age integer check (age >= 0))`.execute(store.db)
  const specification = parseImportSpecification({
    path: file,
    table: 'person',
    key: ['id'],
    ...given,
  })
  const job = { ...importJob(specification, {}), status: 'start_pending' } as const
  const { id } = await createJob(store.db, job, { now: NOON, actor: OPERATOR })
  await runWaiting(store)
  return id
}

/** Starts the import of corrected records, given as number and text. */
export async function repair(
  db: Db,
  firstId: number,
  corrected: Record<number, string>,
  actor = OPERATOR,
) {
  const records = Object.entries(corrected).map(([record, text]) => ({
    record: Number(record),
    raw: Buffer.from(text),
  }))
  return await startRepair(db, firstId, records, { actor, now: new Date(), label: 'Repair' })
}
