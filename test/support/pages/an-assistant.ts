import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { ImportSpecification } from '../../../src/domain/specification/specification.ts'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { tmpDir } from '../tmp.ts'
import { anApp, type TestApp } from './app.ts'

/** Where the job of `aJobOf` is edited. */
export const EDIT = '/jobs/1/edit'

/**
 * A console with a job in the assistant, of files of its inbox.
 * @param files by their names, the first one first
 * @param tables statements that make tables
 */
export async function aJobOf(
  files: Record<string, string | Buffer>,
  ...tables: string[]
): Promise<TestApp> {
  const inbox = tmpDir()
  for (const [name, content] of Object.entries(files))
    writeFileSync(path.join(inbox, name), content)
  const app = await anApp({ inboxes: [inbox] })
  for (const statement of tables) await sql.raw(statement).execute(app.db)
  const [first = '', ...others] = Object.keys(files).map(
    (name) => `0.${Buffer.from(name).toString('base64url')}`,
  )
  const made = await send(app, '/jobs/new/import', {
    step: 'file',
    file: first,
    header: 'yes',
    multiline: 'yes',
    ...Object.fromEntries(others.map((file) => [`also:${file}`, 'yes'])),
  })
  expect(made.headers.get('location')).toBe(`${EDIT}/file`)
  return app
}

export const send = (app: TestApp, url: string, answers: Record<string, string>) =>
  app.post(url, Object.entries(answers))

export async function specificationOf(app: TestApp, id = 1): Promise<ImportSpecification> {
  const job = await requireJob(app.db, id)
  if (job.type !== 'import') throw new Error('the job is an export')
  return job.specification
}
