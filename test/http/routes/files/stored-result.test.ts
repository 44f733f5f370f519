import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { findJob } from '../../../../src/engine/jobs/jobs.ts'
import { anApp } from '../../../support/pages/app.ts'
import { exportBySteps, sendStep } from '../../../support/pages/fill-form.ts'
import { pageOf, textOf } from '../../../support/pages/html.ts'
import { runWaiting } from '../../../support/jobs/run-waiting.ts'

/** An export that the page's form made and a worker has run. */
async function anExported(fileName = 'people.csv') {
  const app = await anApp({ files: 'database' })
  await sql`create table person (id integer primary key, name text)`.execute(app.db)
  await sql`insert into person values (1, 'Ñandú'), (2, 'Bea')`.execute(app.db)
  const id = await exportBySteps(app, 'person', { output: { fileName }, start: { act: 'start' } })
  await runWaiting(app.store)
  return { app, url: `/jobs/${id}`, id }
}

const CONTENT = Buffer.from('id,name\n1,Ñandú\n2,Bea\n')
const TAG = `"${createHash('sha256').update(CONTENT).digest('hex')}"`

async function bytesOf(answer: Response): Promise<Buffer> {
  return Buffer.from(await answer.arrayBuffer())
}

describe('the result of an export that is kept in the database', () => {
  test('is sent from there, under the name that was asked for', async () => {
    const { app, url, id } = await anExported()
    const job = await findJob(app.db, id)
    expect(job).toMatchObject({ status: 'finished', file_name: 'people.csv' })
    expect(job?.specification.path).toMatch(/^stored:[0-9a-f-]{36}$/)
    const answer = await app.get(`${url}/file`)
    expect([answer.status, await bytesOf(answer)]).toEqual([200, CONTENT])
    expect(answer.headers.get('content-disposition')).toContain('filename="people.csv"')
    expect(answer.headers.get('etag')).toBe(TAG)
    const page = await app.get(url)
    expect(await page.text()).not.toContain('stored:')
  })

  test.each([
    ['bytes=0-3', 206, 'id,n', 'bytes 0-3/24'],
    ['bytes=21-', 206, 'ea\n', 'bytes 21-23/24'],
    ['bytes=-3', 206, 'ea\n', 'bytes 21-23/24'],
    ['bytes=21-999', 206, 'ea\n', 'bytes 21-23/24'],
    ['bytes=-999', 200, CONTENT.toString(), null],
    ['bytes=0-1,4-5', 200, CONTENT.toString(), null],
    ['bytes=5-2', 200, CONTENT.toString(), null],
    ['bytes=-', 200, CONTENT.toString(), null],
    ['lines=1-2', 200, CONTENT.toString(), null],
    ['bytes=24-', 416, '', 'bytes */24'],
    ['bytes=-0', 416, '', 'bytes */24'],
  ])('is sent in parts to who asks for %s', async (range, status, text, described) => {
    const { app, url } = await anExported()
    const answer = await app.get(`${url}/file`, { range })
    expect([answer.status, (await bytesOf(answer)).toString()]).toEqual([status, text])
    expect(answer.headers.get('content-range')).toBe(described)
  })

  test('is sent anew where a part of another version was asked for, and not at all where it is known', async () => {
    const { app, url } = await anExported()
    const other = await app.get(`${url}/file`, { range: 'bytes=21-', 'if-range': '"other"' })
    expect([other.status, await bytesOf(other)]).toEqual([200, CONTENT])
    const same = await app.get(`${url}/file`, { range: 'bytes=21-', 'if-range': TAG })
    expect(same.status).toBe(206)
    const known = await app.get(`${url}/file`, { 'if-none-match': `"x", ${TAG}` })
    expect([known.status, await known.text()]).toEqual([304, ''])
  })

  test('is of each job its own, and goes with it', async () => {
    const { app, url } = await anExported('people.csv.gz')
    const again = await app.post(`${url}/run-again`)
    await runWaiting(app.store)
    const files = await app.db.selectFrom('tallyman_file').select('id').execute()
    expect([again.status, files.length]).toEqual([303, 2])
    const page = await pageOf(await app.get(`${url}/delete`))
    expect(textOf(page.querySelector('main ul'))).toContain('people.csv.gz')
    await app.post(`${url}/delete`)
    await expect
      .poll(() => app.db.selectFrom('tallyman_file').select('id').execute())
      .toHaveLength(1)
    expect((await app.get(`${again.headers.get('location')}/file`)).status).toBe(200)
  })

  test('can be given another name before it is made', async () => {
    const app = await anApp({ files: 'database' })
    await sql`create table person (id integer primary key)`.execute(app.db)
    const id = await exportBySteps(app, 'person', {})
    const shown = await pageOf(await app.get(`/jobs/${id}/edit/output`))
    expect(textOf(shown.querySelector('#hint-fileName'))).toContain('kept in the database')
    expect(shown.querySelector('#field-replace')).toBeNull()
    await sendStep(app, `/jobs/${id}/edit/output`, { fileName: 'b.tsv.gz' })
    expect(await findJob(app.db, id)).toMatchObject({
      file_name: 'b.tsv.gz',
      specification: { gzip: true, delimiter: '\t', replace: false },
    })
  })
})
