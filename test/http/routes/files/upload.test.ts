import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { findFile } from '../../../../src/db/files/stored-files.ts'
import { findJob } from '../../../../src/engine/jobs/jobs.ts'
import { transition } from '../../../../src/engine/lifecycle/transition.ts'
import { NOON, OPERATOR } from '../../../support/jobs/a-job.ts'
import { anApp, OWN, type TestApp } from '../../../support/pages/app.ts'
import { anImportedFile } from '../../../support/pipeline/an-imported-file.ts'
import { pageOf, textOf } from '../../../support/pages/html.ts'
import { runWaiting } from '../../../support/jobs/run-waiting.ts'
import { tmpDir } from '../../../support/tmp.ts'

const PEOPLE = 'id,name\n1,Ann\n2,Bob\n'

function upload({ ask }: TestApp, content: string | Uint8Array<ArrayBuffer>, name: string) {
  const body = new FormData()
  body.append('file', new Blob([content]), name)
  return ask('/uploads', { method: 'POST', headers: OWN, body })
}

/** The body of a form as a client may write it. */
function raw(headers: string, content: string, end = '\r\n--x--\r\n') {
  const body = `--x\r\nContent-Disposition: form-data; ${headers}\r\n\r\n${content}${end}`
  return {
    method: 'POST',
    headers: { ...OWN, 'content-type': 'multipart/form-data; boundary=x' },
    body,
  }
}

async function jobAt({ db }: TestApp, answer: Response) {
  const [, id] = /\/jobs\/(\d+)/.exec(answer.headers.get('location') ?? '') ?? []
  const job = await findJob(db, Number(id))
  if (job?.type !== 'import') throw new Error('no import was made')
  return job
}

async function sentenceOf(answer: Response, status: number): Promise<string> {
  return textOf((await pageOf(answer, status)).querySelector('main [role="alert"]'))
}

async function idOf(begun: Response): Promise<string> {
  const made: unknown = await begun.json()
  return typeof made === 'object' && made !== null && 'id' in made ? String(made.id) : ''
}

async function files({ db }: TestApp): Promise<unknown[]> {
  return await db.selectFrom('tallyman_file').selectAll().execute()
}

describe.each(['database', 'folder'] as const)('a file that is uploaded into the %s', (where) => {
  const aConsole = async () => {
    const folder = tmpDir()
    return { folder, app: await anApp({ files: where === 'database' ? where : { folder } }) }
  }

  test('is the source of a job that can be edited, and comes back as it was', async () => {
    const { app } = await aConsole()
    const content = new Uint8Array(gzipSync(PEOPLE))
    const answer = await upload(app, content, 'Personas (2).csv.gz')
    expect(answer.status).toBe(303)
    const { id, ...job } = await jobAt(app, answer)
    expect(job).toMatchObject({
      status: 'editing',
      file_name: 'Personas (2).csv.gz',
      specification: { table: 'personas_2', create: true, format: 'delimited' },
    })
    expect((await app.get(answer.headers.get('location') ?? '')).status).toBe(200)
    await transition(app.db, id, 'start', { now: NOON, actor: OPERATOR })
    await runWaiting(app.store)
    expect((await findJob(app.db, id))?.counters.inserted).toBe(2)
    const source = await app.get(`/jobs/${id}/source`)
    expect(new Uint8Array(await source.arrayBuffer())).toEqual(content)
    expect(source.headers.get('content-disposition')).toContain('Personas (2).csv.gz')
    const page = await pageOf(await app.get(`/jobs/${id}`))
    expect(page.querySelector('#download-source')).not.toBeNull()
  })

  test('goes on where it was interrupted, part by part', async () => {
    const { app, folder } = await aConsole()
    const begun = await app.post('/uploads/parts', [
      ['name', 'people.csv'],
      ['size', String(PEOPLE.length)],
    ])
    const id = await idOf(begun)
    const url = `/uploads/${id}`
    const append = async (offset: number, body: string) => {
      const headers = { ...OWN, 'upload-offset': String(offset) }
      return await (await app.ask(url, { method: 'POST', headers, body })).json()
    }
    expect(await append(0, PEOPLE.slice(0, 5))).toEqual({ id, size: 5 })
    expect(await append(0, 'again')).toEqual({ id, size: 5 })
    expect(await append(9, 'ahead')).toEqual({ id, size: 5 })
    expect(await (await app.get(url)).json()).toEqual({ id, size: 5 })
    const whole: [string, string][] = [['size', String(PEOPLE.length)]]
    expect(await sentenceOf(await app.post(`${url}/job`, whole), 422)).toContain('not whole yet')
    await append(5, PEOPLE.slice(5))
    const made = await (await app.post(`${url}/job`, whole)).json()
    expect(made).toEqual({ path: '/jobs/1/edit/file' })
    expect(await (await app.post(`${url}/job`, whole)).json()).toEqual(made)
    // As after the death of the server that had the form.
    await app.db.deleteFrom('tallyman_form').execute()
    expect(await (await app.post(`${url}/job`, whole)).json()).toEqual(made)
    expect((await findJob(app.db, 2))?.id).toBeUndefined()
    expect(await sentenceOf(await app.get(url), 404)).toContain('choose it and upload it again')
    expect((await findJob(app.db, 2))?.id).toBeUndefined()
    const source = await app.get('/jobs/1/source')
    expect(await source.text()).toBe(PEOPLE)
    const kept = where === 'folder' ? readdirSync(path.join(folder, 'sources')) : []
    expect(kept).toEqual(where === 'folder' ? [id] : [])
  })

  test('is one of several of a form, which are one job and go with it', async () => {
    const { app } = await aConsole()
    const contents = { 'people.csv': PEOPLE, 'more.csv': 'name;id\nCarl;3\n;4\n' }
    const body = new FormData()
    for (const [name, content] of Object.entries(contents)) {
      body.append('file', new Blob([content]), name)
    }
    const answer = await app.ask('/uploads', { method: 'POST', headers: OWN, body })
    const { id, file_name } = await jobAt(app, answer)
    expect(file_name).toBe('people.csv, more.csv')
    await transition(app.db, id, 'start', { now: NOON, actor: OPERATOR })
    await runWaiting(app.store)
    expect((await findJob(app.db, id))?.counters).toMatchObject({ inserted: 4, rejects: 0 })
    const page = await pageOf(await app.get(`/jobs/${id}`))
    expect(textOf(page.querySelector('#download-source-2'))).toContain('more.csv')
    const texts = Object.values(contents)
    for (const [at, text] of texts.entries()) {
      const source = await app.get(`/jobs/${id}/source?file=${at + 1}`)
      expect(await source.text()).toBe(text)
    }
    expect((await app.get(`/jobs/${id}/source?file=3`)).status).toBe(404)
    await app.post(`/jobs/${id}/delete`, [])
    const left = await app.db.selectFrom('tallyman_file').select('unused_since').execute()
    expect(left.filter(({ unused_since }) => unused_since === null)).toEqual([])
  })

  test('in parts after another is one job with it', async () => {
    const { app } = await aConsole()
    const sent: string[] = []
    for (const [name, text] of [
      ['a.csv', PEOPLE],
      ['b.csv', 'id,name\n3,Carl\n'],
    ] as const) {
      const size = String(text.length)
      const begun = await app.post('/uploads/parts', [
        ['name', name],
        ['size', size],
      ])
      const id = await idOf(begun)
      const headers = { ...OWN, 'upload-offset': '0' }
      await app.ask(`/uploads/${id}`, { method: 'POST', headers, body: text })
      sent.push(`${id}:${size}`)
    }
    const [first = '', last = ''] = sent
    const [id = '', size = ''] = last.split(':')
    const form: [string, string][] = [
      ['size', size],
      ['before', first],
    ]
    const made = await app.post(`/uploads/${id}/job`, form)
    expect(await made.json()).toEqual({ path: '/jobs/1/edit/file' })
    expect((await findJob(app.db, 1))?.specification).toMatchObject({
      path: `stored:${first.split(':')[0]}`,
      morePaths: [`stored:${id}`],
    })
  })

  test('that is given up leaves nothing', async () => {
    const { app, folder } = await aConsole()
    const begun = await app.post('/uploads/parts', [
      ['name', 'people.csv'],
      ['size', '100'],
    ])
    const id = await idOf(begun)
    await app.ask(`/uploads/${id}`, {
      method: 'POST',
      headers: { ...OWN, 'upload-offset': '0' },
      body: PEOPLE,
    })
    expect((await app.post(`/uploads/${id}/cancel`)).status).toBe(200)
    await expect.poll(() => files(app)).toEqual([])
    const left = where === 'folder' ? readdirSync(path.join(folder, 'sources')) : []
    expect(left).toEqual([])
  })
})

describe('an upload', () => {
  test.each([
    ['..\\..\\windows\\people.csv', 'people.csv'],
    ['../../etc/passwd', 'passwd'],
    ['a\u202egpj.csv', 'agpj.csv'],
    ['  ', 'upload'],
    ['<b>"x"</b>.csv', 'b>.csv'],
    [`${'n'.repeat(300)}.csv.gz`, `${'n'.repeat(193)}.csv.gz`],
    ['Ñandú ñ 🦤.csv', 'Ñandú ñ 🦤.csv'],
    ['tallyman_job.csv', 'tallyman_job.csv'],
  ])('with the name %j is shown as %j', async (given, shown) => {
    const app = await anApp({ files: 'database' })
    const job = await jobAt(app, await upload(app, PEOPLE, given))
    expect(job.file_name).toBe(shown)
    expect(job.specification.table).not.toMatch(/^tallyman_/)
    const page = await pageOf(await app.get(`/jobs/${job.id}/specification`))
    expect(textOf(page.querySelector('#field-file option'))).toContain(shown)
  })

  test.each([
    'text/html',
    'image/svg+xml; charset=utf-7',
    'application/x-msdownload',
    'multipart/mixed; boundary=x',
    '../../text',
    'text/csv; name="<script>alert(1)</script>"',
    'x'.repeat(4_000),
  ])('is what its bytes are, whatever type its sender names: %s', async (type) => {
    const app = await anApp({ files: 'database' })
    const headers = `name="file"; filename="people.csv"\r\nContent-Type: ${type}`
    const job = await jobAt(app, await app.ask('/uploads', raw(headers, PEOPLE)))
    expect(job).toMatchObject({ file_name: 'people.csv', specification: { format: 'delimited' } })
    const source = await app.get(`/jobs/${job.id}/source`)
    expect(await source.text()).toBe(PEOPLE)
    // A browser saves it, and shows nothing of it as a page of this server.
    expect(source.headers.get('content-disposition')).toMatch(/^attachment;/)
    expect(source.headers.get('x-content-type-options')).toBe('nosniff')
    expect(source.headers.get('content-type')).not.toContain(type)
    expect(await (await app.get(`/jobs/${job.id}/edit/file`)).text()).not.toContain('alert(1)')
  })

  test.each([
    ['no file', raw('name="file"; filename=""', ''), 'No file was chosen'],
    ['only a field', raw('name="note"', 'x'), 'No file was chosen'],
    [
      'an end that is cut off',
      raw('name="file"; filename="a.csv"', PEOPLE, ''),
      'not arrive whole',
    ],
    [
      'no boundary',
      { ...raw('', ''), headers: { ...OWN, 'content-type': 'multipart/form-data' } },
      'The form',
    ],
    ['another type', { method: 'POST', headers: OWN, body: PEOPLE }, 'The form'],
  ])('with %s is refused in a sentence, and leaves nothing', async (_what, request, sentence) => {
    const app = await anApp({ files: 'database' })
    expect(await sentenceOf(await app.ask('/uploads', request), 422)).toContain(sentence)
    await expect.poll(() => files(app)).toEqual([])
    const headers = { ...request.headers, 'accept-language': 'es' }
    const spanish = await sentenceOf(await app.ask('/uploads', { ...request, headers }), 422)
    expect(spanish).not.toContain(sentence)
  })

  test('that is too large is refused, also where its size was not told', async () => {
    const app = await anApp({ files: 'database', maxUpload: 1024 * 1024 })
    const large = 'x'.repeat(1024 * 1024 + 1)
    const sent = await app.ask('/uploads', raw('name="file"; filename="a.csv"', large))
    expect(await sentenceOf(sent, 413)).toContain('at most 1 MB')
    const told = { ...raw('name="file"; filename="a.csv"', 'x') }
    const headers = { ...told.headers, 'content-length': '999999999' }
    expect((await app.ask('/uploads', { ...told, headers })).status).toBe(413)
    const begun = await app.post('/uploads/parts', [
      ['name', 'a.csv'],
      ['size', String(large.length)],
    ])
    expect(begun.status).toBe(413)
    await expect.poll(() => files(app)).toEqual([])
  })

  test('is taken from the pages of this server alone', async () => {
    const app = await anApp({ files: 'database' })
    const request = raw('name="file"; filename="a.csv"', PEOPLE)
    const headers = { ...request.headers, 'sec-fetch-site': 'cross-site' }
    expect((await app.ask('/uploads', { ...request, headers })).status).toBe(403)
    expect(await files(app)).toEqual([])
  })

  test('into a table that is there suggests it', async () => {
    const app = await anApp({ files: 'database' })
    await sql`create table people (id integer, name text)`.execute(app.db)
    const job = await jobAt(app, await upload(app, PEOPLE, 'people.csv'))
    expect(job.specification).toMatchObject({ table: 'people', create: false })
  })

  test('stays the source of its job when that is edited, and goes with it', async () => {
    const app = await anApp({ files: 'database' })
    const job = await jobAt(app, await upload(app, PEOPLE, 'people.csv'))
    const saved = await app.post(`/jobs/${job.id}/specification`, [
      ['file', 'same'],
      ['table', 'friends'],
      ['create', 'yes'],
      ['header', 'yes'],
      ['doubles', 'update'],
      ['act', 'save'],
    ])
    expect(saved.status).toBe(303)
    const edited = await findJob(app.db, job.id)
    expect(edited?.specification.path).toBe(job.specification.path)
    const id = job.specification.path.replace('stored:', '')
    expect(await findFile(app.db, id)).toMatchObject({ unused_since: null })
    await app.post(`/jobs/${job.id}/delete`)
    await expect.poll(() => files(app)).toEqual([])
  })
})

describe('the source of a job', () => {
  test('from an inbox is sent while it is as it was imported', async () => {
    const app = await anApp()
    const id = await anImportedFile(app, PEOPLE, { beneath: app.folder })
    const source = await app.get(`/jobs/${id}/source`, { range: 'bytes=0-1' })
    expect([source.status, await source.text()]).toEqual([206, 'id'])
    writeFileSync(path.join(app.folder, 'people.csv'), PEOPLE.replace('Ann', 'Eve'))
    expect((await app.get(`/jobs/${id}/source`)).status).toBe(404)
  })

  test('from any other place is not sent', async () => {
    const app = await anApp()
    const id = await anImportedFile(app, PEOPLE)
    const sentence = await sentenceOf(await app.get(`/jobs/${id}/source`), 404)
    expect(sentence).toContain('keeps no copy')
    const page = await pageOf(await app.get(`/jobs/${id}`))
    expect(page.querySelector('#download-source')).toBeNull()
  })
})

test.each(['-1', '1.5', 'x', '1e309', '0x10', ''])(
  'an upload in parts of %j bytes is refused in a sentence, and begins no file',
  async (size) => {
    const app = await anApp()
    const begun = await app.post('/uploads/parts', [
      ['name', 'a.csv'],
      ['size', size],
    ])
    expect(textOf((await pageOf(begun, 422)).querySelector('main [role="alert"]'))).not.toBe('')
    expect(await app.db.selectFrom('tallyman_file').select('id').execute()).toEqual([])
  },
)

test('more files than a job takes are refused in a sentence, and none of them is left', async () => {
  const app = await anApp()
  const send = async (path: string, names: number[]) => {
    const body = new FormData()
    for (const n of names) body.append('file', new Blob([PEOPLE]), `${n}.csv`)
    return await app.ask(path, { method: 'POST', headers: OWN, body })
  }
  const sentence = 'These are too many files for one job: choose at most 100.'
  const all = Array.from({ length: 101 }, (_, n) => n)
  expect(await sentenceOf(await send('/uploads', all), 422)).toBe(sentence)
  await expect.poll(() => files(app)).toEqual([])

  const { id } = await jobAt(app, await send('/uploads', [1, 2]))
  expect(await sentenceOf(await send(`/uploads?job=${id}`, all.slice(2)), 422)).toBe(sentence)
  await expect.poll(() => files(app)).toHaveLength(2)
})
