import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import type { ImportSpecification } from '../../../src/domain/specification/specification.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import type { SomeOfImport } from './an-import.ts'
import { createJob } from '../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { NOON, OPERATOR } from '../jobs/a-job.ts'
import type { TestApp } from '../pages/app.ts'
import { runWaiting } from '../jobs/run-waiting.ts'

type Given = SomeOfImport & { name?: string }

/** An import by the key `id` that writes over what is there, unless it is to be otherwise. */
export function intoPerson(file: string, given: SomeOfImport = {}): ImportSpecification {
  return parseImportSpecification({ path: file, table: 'person', key: ['id'], ...given })
}

/** Imports a file into the table `person`, as a worker does. @returns the number of the job */
export async function anImportedFile(
  { store, folder }: Pick<TestApp, 'store' | 'folder'>,
  content: string | Buffer,
  { name = 'people.csv', ...given }: Given = {},
): Promise<number> {
  await sql`create table if not exists person (id integer primary key, name text, age integer)`.execute(
    store.db,
  )
  const file = path.join(folder, name)
  writeFileSync(file, content)
  const { id } = await createJob(
    store.db,
    { ...importJob(intoPerson(file, given), { label: name }), status: 'start_pending' },
    { now: NOON, actor: OPERATOR },
  )
  await runWaiting(store)
  return id
}
