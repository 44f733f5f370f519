import { expect, test } from 'vitest'
import { aJob } from '../support/jobs/a-job.ts'
import { anApp, OWN } from '../support/pages/app.ts'
import { pageOf } from '../support/pages/html.ts'

const PEOPLE = 'id,name\n1,Ann\n2,Bob\n'

/** Two servers behind one address: a reader's requests go to either. */
async function twoServers() {
  const one = await anApp({ files: 'database' })
  return { one, other: await anApp({ files: 'database' }, {}, { store: one.store }) }
}

/** Each form has a number of its own whenever its page is shown. */
async function markupOf(page: Response): Promise<string> {
  return (await page.text()).replaceAll(/name="once" value="[^"]+"/g, '')
}

test('two servers show the same', async () => {
  const { one, other } = await twoServers()
  const { id } = await aJob(one.db, { status: 'running' })
  for (const path of ['/', '/jobs', `/jobs/${id}`, `/jobs/${id}/journal`, '/workers']) {
    const pages = [await one.get(path), await other.get(path)]
    const [here = '', there] = await Promise.all(pages.map(markupOf))
    expect(here).toContain('<main')
    expect(there).toBe(here)
  }
})

test('a form of one is taken by the other, and sent to both it is carried out once', async () => {
  const { one, other } = await twoServers()
  const { id } = await aJob(one.db, { status: 'paused' })
  const page = await pageOf(await one.get(`/jobs/${id}`))
  const action = page.querySelector('#form-start')?.getAttributeValue('action') ?? ''
  const answers = await Promise.all([other.post(action), one.post(action)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409])
  const started = await one.db
    .selectFrom('tallyman_journal')
    .select('id')
    .where('job_id', '=', id)
    .where('code', '=', 'TLY-1002')
    .execute()
  // It was started once before it was paused.
  expect(started).toHaveLength(2)
})

test('a language that was chosen at one holds at the other', async () => {
  const { one, other } = await twoServers()
  const chosen = await one.post('/language', [
    ['language', 'es'],
    ['return', '/jobs'],
  ])
  const cookie = chosen.headers.get('set-cookie') ?? ''
  const page = await pageOf(await other.get('/jobs', { cookie }))
  expect(page.querySelector('html')?.getAttributeValue('lang')).toBe('es')
})

test('an upload that one began is ended by the other', async () => {
  const { one, other } = await twoServers()
  const size = String(PEOPLE.length)
  const begun = await one.post('/uploads/parts', [
    ['name', 'people.csv'],
    ['size', size],
  ])
  const { id }: Record<string, string> = JSON.parse(await begun.text())
  for (const [server, offset, end] of [
    [one, 0, 5],
    [other, 5, PEOPLE.length],
  ] as const) {
    const headers = { ...OWN, 'upload-offset': String(offset) }
    const body = PEOPLE.slice(offset, end)
    await server.ask(`/uploads/${id}`, { method: 'POST', headers, body })
  }
  const made = await other.post(`/uploads/${id}/job`, [['size', size]])
  expect(await made.json()).toEqual({ path: '/jobs/1/edit/file' })
  expect(await (await one.get('/jobs/1/source')).text()).toBe(PEOPLE)
})
