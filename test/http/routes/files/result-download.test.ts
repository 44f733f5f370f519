import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { JOB_STATUSES } from '../../../../src/domain/states/status.ts'
import { parseExportSpecification } from '../../../../src/domain/specification/parse-specification.ts'
import { createJob } from '../../../../src/engine/jobs/jobs.ts'
import { exportJob } from '../../../../src/engine/jobs/new-job.ts'
import { attachment } from '../../../../src/http/downloads/download.ts'
import { aJob, NOON, OPERATOR } from '../../../support/jobs/a-job.ts'
import { anApp, type TestApp } from '../../../support/pages/app.ts'
import { pageOf, textOf, textsOf } from '../../../support/pages/html.ts'
import { runWaiting } from '../../../support/jobs/run-waiting.ts'

/** An export that was really run. */
async function anExported(fileName: string) {
  const app = await anApp()
  await sql`create table person (id integer primary key, name text)`.execute(app.db)
  await sql`insert into person values (1, ${'Ñandú '.repeat(2000)}), (2, 'Bea')`.execute(app.db)
  const file = path.join(app.folder, fileName)
  const id = await exported(app, file)
  return { app, file, id, url: `/jobs/${id}/file` }
}

async function exported({ db, store }: TestApp, file: string): Promise<number> {
  const specification = parseExportSpecification({ table: 'person', path: file })
  const wanted = { ...exportJob(specification, {}), status: 'start_pending' } as const
  const { id } = await createJob(db, wanted, { now: NOON, actor: OPERATOR })
  await runWaiting(store)
  return id
}

/** Where Linux tells which files a process has open; other systems have no such place. */
const OPEN_FILES = '/proc/self/fd'

function isOpen(file: string): boolean {
  if (!existsSync(OPEN_FILES)) return false
  const links = readdirSync(OPEN_FILES).map((each) => path.join(OPEN_FILES, each))
  // The descriptor that lists the folder is gone when it is asked for.
  return links.some((link) => existsSync(link) && readlinkSync(link) === file)
}

function sizeOf(file: string): number {
  return readFileSync(file).length
}

async function lastPoints({ get }: TestApp, id: number): Promise<string[]> {
  const page = await pageOf(await get(`/jobs/${id}/delete`))
  return page.querySelectorAll('main ul').map((list) => textsOf(list, 'li').at(-1) ?? '')
}

test('the file of an export is one click from the list', async () => {
  const { app, id, url } = await anExported('names.csv')
  const page = await pageOf(await app.get('/jobs'))
  const link = page.querySelector(`#download-${id}`)
  expect(link?.getAttributeValue('aria-label')).toBe('Download names.csv')
  expect(link?.getAttributeValue('href')).toBe(url)
})

describe('the file of a finished export', () => {
  test.each([
    ['people.csv', 'text/csv; charset=utf-8'],
    ['people.csv.gz', 'application/gzip'],
    ['people.tsv', 'text/tab-separated-values; charset=utf-8'],
    ['people', 'application/octet-stream'],
  ])('is sent as it lies there: %s', async (name, type) => {
    const { app, file, url } = await anExported(name)
    const answer = await app.get(url, { 'accept-encoding': 'gzip, deflate, br' })
    const bytes = readFileSync(file)
    expect(answer.status).toBe(200)
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
    expect(answer.headers.get('content-type')).toBe(type)
    expect(answer.headers.get('content-encoding')).toBeNull()
    expect(answer.headers.get('content-length')).toBe(String(bytes.length))
    expect(answer.headers.get('content-disposition')).toContain(`filename="${name}"`)

    const head = await app.head(url)
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect(head.headers.get('content-length')).toBe(String(bytes.length))
  })

  test.each<[string, (file: string) => void]>([
    ['gone', (file) => rmSync(file)],
    ['another one', (file) => writeFileSync(file, 'of somebody else')],
    ['another one of the same size', (file) => writeFileSync(file, 'x'.repeat(sizeOf(file)))],
    [
      'a link to another place',
      (file) => {
        renameSync(file, `${file}.old`)
        symlinkSync(`${file}.old`, file)
      },
    ],
    [
      'a pipe',
      (file) => {
        rmSync(file)
        execFileSync('mkfifo', [file])
      },
    ],
  ])('is not sent where it is %s', async (_what, damage) => {
    const { app, file, url } = await anExported('people.csv')
    damage(file)
    const page = await pageOf(await app.get(url), 404)
    expect(textOf(page.querySelector('main [role="alert"]'))).toContain('not there any more')
    expect((await app.head(url)).status).toBe(404)
  })

  test('is sent though it was touched, and never again once it was rewritten in secret', async () => {
    const { app, file, url } = await anExported('people.csv')
    utimesSync(file, 1, 1)
    expect((await app.get(url)).status).toBe(200)
    writeFileSync(file, 'x'.repeat(sizeOf(file)))
    utimesSync(file, 1, 1)
    expect((await app.get(url)).status).toBe(404)
  })

  test('breaks off where it is changed while it is sent', async () => {
    const { app, file, url } = await anExported('people.csv')
    const answer = await app.get(url)
    writeFileSync(file, 'x'.repeat(sizeOf(file)))
    await expect(answer.arrayBuffer()).rejects.toThrow('changed while it was sent')
  })

  test('is closed though nobody takes it', async () => {
    const { app, file, url } = await anExported('people.csv')
    await (await app.get(url)).body?.cancel()
    await app.head(url)
    expect(isOpen(file)).toBe(false)
  })

  test('can have any name that a disk can keep', async () => {
    const { app, url } = await anExported('a"b\\ \'c\r\nñ\u202e%41;.csv')
    const header = (await app.get(url)).headers.get('content-disposition') ?? ''
    expect(header).toBe(attachment('a"b\\ \'c\r\nñ\u202e%41;.csv'))
  })
})

test.each(JOB_STATUSES)('a job that is %s and no export has no file to send', async (status) => {
  const { db, get } = await anApp()
  const { id } = await aJob(db, { status })
  const page = await pageOf(await get(`/jobs/${id}/file`), 404)
  expect(textOf(page.querySelector('main [role="alert"]'))).toContain('has no result file')
})

describe('a finished export that is deleted', () => {
  test('takes its result in the outbox along, and says so before', async () => {
    const { app, file, id } = await anExported('people.csv')
    expect((await lastPoints(app, id))[0]).toContain('its result, the file \u2068people.csv\u2069')
    expect((await app.post(`/jobs/${id}/delete`)).status).toBe(303)
    expect(existsSync(file)).toBe(false)
  })

  test('leaves a result in a place that an operator chose, and says so before', async () => {
    const { app } = await anExported('people.csv')
    const folder = path.join(app.folder, 'mine')
    mkdirSync(folder)
    const file = path.join(folder, 'people.csv')
    const id = await exported(app, file)
    expect((await lastPoints(app, id))[1]).toContain('a place of its own')
    expect((await app.post(`/jobs/${id}/delete`)).status).toBe(303)
    expect(existsSync(file)).toBe(true)
  })

  test('leaves what somebody else has written there since, were it of the same size', async () => {
    const { app, file, id } = await anExported('people.csv')
    const other = 'x'.repeat(readFileSync(file).length)
    writeFileSync(file, other)
    await app.post(`/jobs/${id}/delete`)
    expect(readFileSync(file, 'utf8')).toBe(other)
  })

  test('leaves what another job has written there, were it the same, until that goes too', async () => {
    const { app, file, id } = await anExported('people.csv')
    const again = await exported(app, file)
    const deletion = (job: number): [string, string][] => [
      ['command', 'delete'],
      ['sure', 'yes'],
      ['id', String(job)],
    ]
    await app.post('/jobs/commands', deletion(id))
    expect(existsSync(file)).toBe(true)
    await app.post('/jobs/commands', deletion(again))
    expect(existsSync(file)).toBe(false)
  })
})
