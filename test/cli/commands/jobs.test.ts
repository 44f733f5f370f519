import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { openStore } from '../../../src/db/open.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { createJob } from '../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { databaseIn } from '../../support/databases.ts'
import { NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { start } from '../../support/programs/cli.ts'
import { tallyman } from '../../support/programs/in-process.ts'
import { tmpDir } from '../../support/tmp.ts'

async function aFinishedJob(): Promise<string> {
  const folder = tmpDir()
  writeFileSync(path.join(folder, 'people.csv'), 'id,name\n1,Ann\n2,"B"ob\n')
  await tallyman(folder, ['import', 'people.csv', '--into', 'people', '--create', '--key', 'id'])
  return folder
}

test('the list has the newest job first', async () => {
  const folder = await aFinishedJob()
  await tallyman(folder, ['export', 'people', '--to', 'out.csv', '--label', 'Second'])
  const { out } = await tallyman(folder, ['jobs', 'list', '--json'])
  expect(JSON.parse(out)).toMatchObject({
    jobs: [
      { id: 2, type: 'export', label: 'Second' },
      { id: 1, type: 'import' },
    ],
  })
  const page = await tallyman(folder, ['jobs', 'list', '--limit', '1'])
  expect(page.out).toContain('Second')
  expect(page.out).not.toContain('people.csv')
  expect(page.err).toContain('--before 2')
})

test('the list can be narrowed to the jobs with rejects', async () => {
  const folder = await aFinishedJob()
  await tallyman(folder, ['export', 'people', '--to', 'out.csv'])
  const { out } = await tallyman(folder, ['jobs', 'list', '--with-rejects', '--json'])
  expect(JSON.parse(out)).toMatchObject({ jobs: [{ id: 1, counters: { rejects: 1 } }] })
})

test('what a label tells the terminal is shown, and not obeyed', async () => {
  const folder = await aFinishedJob()
  const label = '\u001b[2J\u009b1mred\u0007'
  const made = await tallyman(folder, ['export', 'people', '--to', 'out.csv', '--label', label])
  const list = await tallyman(folder, ['jobs', 'list'])
  for (const { out } of [made, list]) {
    expect(out).toContain('\u241b[2J\ufffd1mred\u2407')
    expect(out).not.toMatch(/[^\P{Cc}\n]/u)
  }
  const { out } = await tallyman(folder, ['jobs', 'list', '--limit', '1', '--json'])
  expect(JSON.parse(out)).toMatchObject({ jobs: [{ label }] })
})

test('journal and statuses are read in the language of the reader', async () => {
  const folder = await aFinishedJob()
  const list = await tallyman(folder, ['jobs', 'list'], { LC_ALL: 'es_ES.UTF-8' })
  expect(list.out).toContain('Finalizado')

  const english = await tallyman(folder, ['jobs', 'journal', '1'])
  const spanish = await tallyman(folder, ['jobs', 'journal', '1'], { LC_ALL: 'es_ES.UTF-8' })
  expect(english.out).toContain('TLY-1008  The job is finished.')
  expect(spanish.out).toContain('TLY-1008')
  expect(spanish.out).not.toContain('The job is finished.')

  const { out } = await tallyman(folder, ['jobs', 'journal', '1', '--json'])
  const codes = out
    .trim()
    .split('\n')
    .map((line) => {
      const { code }: { code: string } = JSON.parse(line)
      return code
    })
  expect(codes[0]).toBe('TLY-1001')
  expect(codes.at(-1)).toBe('TLY-1008')
})

test('a job that runs again is a new one, which waits for a worker and is run by it', async () => {
  const folder = await aFinishedJob()
  const again = await tallyman(folder, ['jobs', 'run-again', '1', '--json'])
  expect(JSON.parse(again.out)).toMatchObject({ id: 2, status: 'start_pending' })

  await tallyman(folder, ['worker', '--once'])
  const { out } = await tallyman(folder, ['jobs', 'show', '2', '--json'])
  expect(JSON.parse(out)).toMatchObject({ status: 'finished', counters: { unchanged: 1 } })
})

test('a paused job goes on by start --run, and one that is over can be deleted', async () => {
  const folder = await aFinishedJob()
  await tallyman(folder, ['jobs', 'run-again', '1'])
  const paused = await tallyman(folder, ['jobs', 'pause', '2'])
  expect(paused.out).toBe('Job 2: Paused\n')
  expect((await tallyman(folder, ['jobs', 'delete', '2'])).code).toBe(1)

  const run = await tallyman(folder, ['jobs', 'start', '2', '--run', '--json'])
  expect(JSON.parse(run.out)).toMatchObject({ id: 2, status: 'finished' })
  expect(run.code).toBe(3)

  expect((await tallyman(folder, ['jobs', 'delete', '2'])).code).toBe(0)
  expect((await tallyman(folder, ['jobs', 'show', '2'])).code).toBe(2)
})

test('a result in the outbox goes with its job, one elsewhere stays', async () => {
  const folder = await aFinishedJob()
  const outbox = path.join(folder, 'outbox')
  mkdirSync(outbox)
  const files = [path.join(outbox, 'kept.csv'), path.join(folder, 'mine.csv')]
  for (const [index, file] of files.entries()) {
    const id = String(index + 2)
    expect((await tallyman(folder, ['export', 'people', '--to', file])).code).toBe(0)
    const deleted = await tallyman(folder, ['jobs', 'delete', id], { TALLYMAN_OUTBOX: 'outbox' })
    expect(deleted.out).toContain(`Job ${id} is deleted`)
  }
  expect(files.map((file) => existsSync(file))).toEqual([false, true])
})

test('a reader that goes away ends the program without a word', async () => {
  const folder = tmpDir()
  const lines = Array.from({ length: 30_000 }, (_, index) => `${index},"x"y`)
  writeFileSync(path.join(folder, 'bad.csv'), `id,name\n${lines.join('\n')}\n`)
  const args = ['import', 'bad.csv', '--into', 'bad', '--create', '--keep-going']
  expect((await tallyman(folder, args)).code).toBe(3)

  const listing = start(folder, ['jobs', 'rejects', '1', '--json'])
  listing.stdout.once('data', () => listing.stdout.destroy())
  const [err] = await Promise.all([text(listing.stderr), once(listing, 'exit')])
  expect(err).toBe('')
  expect(listing.exitCode).toBe(0)
})

test('a job that is still edited starts once nothing is to be decided', async () => {
  const folder = await aFinishedJob()
  writeFileSync(path.join(folder, 'more.csv'), 'id,surname\n2,Bob\n')
  const parts = { table: 'people', key: ['id'], map: { surname: 'name', born: 'year' } }
  const id = await anEditedJob(folder, 'more.csv', parts)
  const refused = await tallyman(folder, ['jobs', 'start', id])
  expect(refused).toMatchObject({ code: 2, out: '' })
  const [first, ...others] = refused.err.trim().split('\n')
  expect(first).toBe(
    `Job ${id} was not started: something is still to be decided at its step "Columns".`,
  )
  expect(others).toEqual([expect.stringContaining('The table people has no column "year"')])
  const shown = await tallyman(folder, ['jobs', 'show', id, '--json'])
  expect(JSON.parse(shown.out)).toMatchObject({ status: 'editing' })

  const whole = await anEditedJob(folder, 'more.csv', { ...parts, map: { surname: 'name' } })
  const elsewhere = await anEditedJob(folder, 'of-the-worker.csv', parts)
  for (const one of [whole, elsewhere]) {
    const started = await tallyman(folder, ['jobs', 'start', one, '--json'])
    expect(JSON.parse(started.out)).toMatchObject({ status: 'start_pending' })
  }
})

async function anEditedJob(folder: string, file: string, parts: object): Promise<string> {
  const said = parseImportSpecification({ path: path.join(folder, file), ...parts })
  const store = await openStore(await databaseIn(folder, 'test.db'))
  const job = await createJob(store.db, importJob(said, {}), { now: NOON, actor: OPERATOR })
  await store.close()
  return String(job.id)
}
