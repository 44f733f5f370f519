import { mkdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { requireJob } from '../../../../src/engine/jobs/jobs.ts'
import { repair } from '../../../support/jobs/a-repair.ts'
import { runWaiting } from '../../../support/jobs/run-waiting.ts'
import { aJobOf } from '../../../support/pages/an-assistant.ts'
import { anApp, OWN, type TestApp } from '../../../support/pages/app.ts'
import { attributesOf, pageOf, textOf } from '../../../support/pages/html.ts'

/** Bytes that a text would not keep: a mark, an old encoding, ends of lines of every kind, none at the end. */
const BYTES = Buffer.concat([
  Buffer.from('id;name\r\n1;Jos\xe9\n2;"a\rb"\r\n', 'latin1'),
  Buffer.from('\xef\xbb\xbf3;x', 'latin1'),
])
const OTHER = Buffer.from('\ufeffid;name\n4;Ana\n\n\n')

/** Follows the links of a job's page to its sources. */
async function downloaded(app: TestApp, id = 1): Promise<{ name: string; bytes: Buffer }[]> {
  const page = await pageOf(await app.get(`/jobs/${id}`))
  const links = attributesOf(page, 'href').filter((href) => href.includes('/source'))
  const files = []
  for (const link of links) {
    const answer = await app.get(link)
    expect([link, answer.status]).toEqual([link, 200])
    const [, name = ''] =
      /filename="(.*?)"/.exec(answer.headers.get('content-disposition') ?? '') ?? []
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(answer.headers.get('content-length')).toBe(String(bytes.length))
    expect(answer.headers.get('content-encoding')).toBeNull()
    files.push({ name, bytes })
  }
  return files
}

async function finished(app: TestApp): Promise<TestApp> {
  await app.post('/jobs/1/start')
  await runWaiting(app.store)
  expect(await requireJob(app.db, 1)).toMatchObject({ status: 'finished' })
  return app
}

async function uploaded(files: Record<string, Buffer>): Promise<TestApp> {
  const app = await anApp()
  const body = new FormData()
  for (const [name, bytes] of Object.entries(files)) {
    body.append('file', new Blob([new Uint8Array(bytes)]), name)
  }
  const answer = await app.ask('/uploads', { method: 'POST', headers: OWN, body })
  expect(answer.status).toBe(303)
  return await finished(app)
}

const KINDS: [string, Record<string, Buffer>][] = [
  ['as text', { 'a.csv': BYTES }],
  ['as gzip', { 'b.csv.gz': gzipSync(OTHER) }],
  ['and another of the same job', { 'a.csv': BYTES, 'b.csv.gz': gzipSync(OTHER) }],
]

const asTheyAre = (files: Record<string, Buffer>) =>
  Object.entries(files).map(([name, bytes]) => ({ name, bytes }))

describe('the source of a finished job comes back byte for byte', () => {
  test.each(KINDS)('that was uploaded, %s', async (_what, files) => {
    expect(await downloaded(await uploaded(files))).toEqual(asTheyAre(files))
  })

  test.each(KINDS)('that lies in an inbox, %s', async (_what, files) => {
    expect(await downloaded(await finished(await aJobOf(files)))).toEqual(asTheyAre(files))
  })
})

async function refusal(app: TestApp, url: string): Promise<string> {
  return textOf((await pageOf(await app.get(url), 404)).querySelector('main'))
}

describe('a source of an inbox', () => {
  test.each<[string, (file: string) => void]>([
    ['deleted', unlinkSync],
    ['changed in one byte', (file) => writeFileSync(file, OTHER.toString().replace('Ana', 'Eva'))],
    ['longer', (file) => writeFileSync(file, Buffer.concat([OTHER, OTHER]))],
    ['empty', (file) => writeFileSync(file, '')],
    ['a folder', (file) => (unlinkSync(file), mkdirSync(file))],
    ['a link to another place', (file) => (unlinkSync(file), symlinkSync('/etc/passwd', file))],
  ])(
    'that is %s since is refused by its name, and the other comes as ever',
    async (_what, change) => {
      const app = await finished(await aJobOf({ 'a.csv': BYTES, 'b.csv': OTHER }))
      const { specification } = await requireJob(app.db, 1)
      change(String(Object(specification).morePaths[0]))
      const said = await refusal(app, '/jobs/1/source?file=2')
      expect(said).toContain('b.csv')
      expect(said).not.toContain('a.csv')
      expect((await app.get('/jobs/1/source')).status).toBe(200)
    },
  )
})

const PEOPLE = 'create table a (id integer primary key, name text, age integer)'

const FAULTY = {
  'a.csv': Buffer.from('id;name;age\n1;Ana;30\n2;Bo;x\n'),
  'b.csv': Buffer.from('id;name;age\n3;Eva;x\n'),
}

test.each([
  ['one file', { 'a.csv': FAULTY['a.csv'] }],
  ['several files', FAULTY],
])(
  'a linked job leads to what the first one read of %s, while that is there',
  async (_what, files) => {
    const app = await finished(await aJobOf(files, PEOPLE))
    const { job } = await repair(app.db, 1, { 2: '2;Bo;20' })
    expect(await downloaded(app, job.id)).toEqual(asTheyAre(files))
    await runWaiting(app.store)
    expect(await downloaded(app, job.id)).toEqual(asTheyAre(files))
    const { specification } = await requireJob(app.db, 1)
    writeFileSync(specification.path, FAULTY['b.csv'])
    expect(await refusal(app, `/jobs/${job.id}/source`)).toContain('a.csv')
  },
)
