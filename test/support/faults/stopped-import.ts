import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Job } from '../../../src/domain/jobs/job.ts'
import { findJob, requireJob } from '../../../src/engine/jobs/jobs.ts'
import { anApp, type TestApp } from '../pages/app.ts'
import { until } from '../jobs/big-import.ts'
import { ended, start } from '../programs/cli.ts'
import { tmpDir } from '../tmp.ts'

export const RECORDS = 40_000
const LINES = Array.from({ length: RECORDS }, (_, at) => `${at},Name ${at},${at % 90}\n`)
const TEXT = `id,name,age\n${LINES.join('')}`
/** The same number of bytes, and in none of its records the same name. */
const OTHER = TEXT.replaceAll('Name', 'Eman')

/** A gzip that packs nothing has the same size for both. */
export const PACKINGS = {
  plain: (text: string) => Buffer.from(text),
  gzip: (text: string) => gzipSync(text, { level: 0 }),
}
export const WAYS = ['the command', 'the inbox'] as const

export type Site = { app: TestApp; file: string; other: Buffer }

/** A console with an inbox that holds one file, and a table for it. */
export async function aSite(packing: keyof typeof PACKINGS): Promise<Site> {
  const inbox = tmpDir()
  const app = await anApp({ inboxes: [inbox] })
  const file = path.join(inbox, 'people.csv')
  writeFileSync(file, PACKINGS[packing](TEXT))
  await sql`create table person (id integer primary key, name text, age integer)`.execute(app.db)
  return { app, file, other: PACKINGS[packing](OTHER) }
}

/** Asks for the import of a file of the first inbox, as a form does. */
export async function askByForm(app: TestApp, name: string): Promise<Response> {
  const file = `0.${Buffer.from(name).toString('base64url')}`
  const answers = { file, table: 'person', key: 'id', header: 'yes', act: 'start' }
  return await app.post('/jobs/new/import', Object.entries(answers))
}

/**
 * Imports the file by a process of its own, which stands still in the middle, once the fact is there.
 * @returns the job as it ended after what `hurt` did meanwhile
 */
export async function hurtMeanwhile(
  { app, file }: Site,
  way: (typeof WAYS)[number],
  { fact, hurt }: { fact: (job: Job) => boolean; hurt: () => void },
): Promise<Job> {
  if (way === 'the inbox') expect((await askByForm(app, path.basename(file))).status).toBe(303)
  const args =
    way === 'the inbox' ? ['worker', '--once'] : ['import', file, '--into', 'person', '--key', 'id']
  const child = start(app.folder, args, { TALLYMAN_DATABASE: app.store.url })
  const { id } = await until(app.store, 1, (job) => job.counters.processed > 0 && fact(job))
  child.kill('SIGSTOP')
  expect(await findJob(app.db, id)).toMatchObject({ status: 'running' })
  hurt()
  child.kill('SIGCONT')
  await ended(child)
  return await requireJob(app.db, id)
}
