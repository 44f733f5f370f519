import { describe, expect, test } from 'vitest'
import { editJob } from '../../src/engine/jobs/edit-job.ts'
import { writeJournal } from '../../src/engine/ground/journal.ts'
import { transition } from '../../src/engine/lifecycle/transition.ts'
import { aJob, after, OPERATOR, WORKER } from '../support/jobs/a-job.ts'
import { anApp, type TestApp } from '../support/pages/app.ts'
import { attributesOf, decoded, pageOf, textOf } from '../support/pages/html.ts'

const act = { now: after(60), actor: OPERATOR }

/** The address that the page asks, and the tag that it has. */
async function pollOf({ get }: TestApp, path: string) {
  const page = await pageOf(await get(path))
  const polling = page.querySelectorAll('[hx-get]')
  const part = polling.find((one) => /\/live|\/rows/.test(one.getAttributeValue('hx-get') ?? ''))
  const attribute = (name: string) => decoded(part?.getAttributeValue(name) ?? '')
  return { url: attribute('hx-get'), tag: attribute('hx-ptag') }
}

describe("a job's page", () => {
  test('is told by 304 and nothing else that nothing is new', async () => {
    const app = await anApp()
    const { id } = await aJob(app.db, { status: 'running' })
    for (const tab of ['', '/journal', '/rejects']) {
      const { url, tag } = await pollOf(app, `/jobs/${id}${tab}`)
      const answer = await app.get(url, { 'hx-ptag': tag })
      expect([answer.status, await answer.text()]).toEqual([304, ''])
    }
  })

  test('is told anew what is new, with the tag to ask with next', async () => {
    const app = await anApp()
    const { id } = await aJob(app.db, { status: 'running' })
    const { url, tag } = await pollOf(app, `/jobs/${id}`)
    await editJob(app.db, id, { label: 'Another', description: '' }, act)

    const answer = await app.get(url, { 'hx-ptag': tag })
    const next = answer.headers.get('hx-ptag') ?? ''
    expect(await answer.text()).toContain('<h1>Another</h1>')
    expect((await app.get(url, { 'hx-ptag': next })).status).toBe(304)
    expect((await app.get(url, { 'hx-ptag': tag })).status).toBe(200)
    expect((await app.get(url)).status).toBe(200)
  })

  test('is brought the entries that came since, each once, and the last one at the end', async () => {
    const app = await anApp()
    const { id } = await aJob(app.db, { status: 'running', claim: 'mine' })
    let { url } = await pollOf(app, `/jobs/${id}/journal`)
    const rows: string[] = []
    for (const event of ['pause', 'cancel', 'halt'] as const) {
      const actor = event === 'halt' ? WORKER : OPERATOR
      await transition(app.db, id, event, { now: act.now, actor, claim: 'mine' })
      const page = await pageOf(await app.get(url))
      rows.push(...page.querySelectorAll('hx-partial tr').map(textOf))
      url = attributesOf(page, 'hx-get').find((one) => one.includes('/live')) ?? ''
    }
    expect(rows.map((row) => /TLY-\d+/.exec(row)?.[0])).toEqual([
      'TLY-1003',
      'TLY-1004',
      'TLY-1007',
    ])
    expect(url).toBe('')
  })

  test('that fell far behind is given the newest page instead', async () => {
    const app = await anApp()
    const { id } = await aJob(app.db, { status: 'running' })
    const { url } = await pollOf(app, `/jobs/${id}/journal`)
    const trace = (record: number) =>
      ({ code: 'TLY-1017', params: { record, outcome: 'inserted' } }) as const
    const entries = Array.from({ length: 300 }, (_, index) => trace(index + 1))
    await app.db
      .transaction()
      .execute((trx) => writeJournal(trx, id, entries, { ...act, actor: WORKER }))

    const page = await pageOf(await app.get(url))
    const journal = page.querySelector('hx-partial[hx-target="#journal"]')
    expect(journal?.getAttributeValue('hx-swap')).toBe('innerHTML')
    const rows = page.querySelectorAll('hx-partial tr').map(textOf)
    expect(rows).toHaveLength(200)
    expect(rows.at(-1)).toContain('Record 300:')
  })

  test('is brought its name and status for the title, and what it is called now', async () => {
    const app = await anApp()
    const { id } = await aJob(app.db, { status: 'running' })
    const { url } = await pollOf(app, `/jobs/${id}`)
    await editJob(app.db, id, { label: 'Another', description: 'Told' }, act)
    await transition(app.db, id, 'pause', act)
    const live = await pageOf(await app.get(url))
    expect(textOf(live.querySelector('title'))).toBe(
      `Pause in progress: Another (job ${id}) – Tallyman`,
    )
    const partial = live.querySelector('hx-partial[hx-target="#job-texts"]')
    expect(textOf(partial)).toMatch(/^Another.*Told$/)
  })

  test('keeps a refusal, which nothing but the operator takes away', async () => {
    const app = await anApp()
    const { id } = await aJob(app.db, { status: 'running' })
    const refused = await pageOf(await app.post(`/jobs/${id}/start`), 409)
    expect(refused.querySelector('#job-live [role="alert"]')).toBeNull()
    expect(textOf(refused.querySelector('#job-notice [role="alert"]'))).toContain(`Job ${id} has`)
    expect(refused.querySelector('meta[http-equiv="refresh"]')).toBeNull()
    const [url = ''] = attributesOf(refused, 'hx-get').filter((one) => one.includes('/live'))
    expect((await pageOf(await app.get(url))).querySelector('#job-notice')).toBeNull()
  })

  test('asks for the level alone that it shows', async () => {
    const app = await anApp()
    const { id } = await aJob(app.db, { status: 'running' })
    const { url } = await pollOf(app, `/jobs/${id}/journal?level=error`)
    expect(url).toContain('level=error')
    const page = await pageOf(await app.get(`/jobs/${id}/journal?level=error`))
    expect(textOf(page.querySelector('p.print-only'))).toBe('Level: Error')
    await transition(app.db, id, 'pause', act)
    const live = await pageOf(await app.get(url))
    expect(live.querySelector('hx-partial[hx-target="#journal"]')).toBeNull()
  })

  test.each(['editing', 'paused', 'cancelled', 'finished', 'failed'] as const)(
    'of a job that is %s asks for nothing',
    async (status) => {
      const app = await anApp()
      const { id } = await aJob(app.db, { status })
      expect((await pollOf(app, `/jobs/${id}`)).url).toBe('')
    },
  )

  test.each(['start_pending', 'running', 'pausing', 'cancelling', 'shutting_down'] as const)(
    'of a job that is %s loads itself anew where there is no JavaScript',
    async (status) => {
      const { db, get } = await anApp()
      const { id } = await aJob(db, { status })
      for (const path of ['/jobs?refresh=on', `/jobs/${id}`, `/jobs/${id}/journal`]) {
        const page = await pageOf(await get(path))
        const refresh = page.querySelector('noscript meta[http-equiv="refresh"]')
        expect(refresh?.getAttributeValue('content')).toBe('5')
      }
    },
  )
})

describe('the rows of a list', () => {
  test('are told by 304 that no job has changed', async () => {
    const app = await anApp()
    const jobs = [await aJob(app.db, { status: 'running' }), await aJob(app.db)]
    const { url, tag } = await pollOf(app, '/jobs')
    const same = await app.get(url, { 'hx-ptag': tag })
    expect([same.status, await same.text()]).toEqual([304, ''])

    await transition(app.db, jobs[1]?.id ?? 0, 'start', act)
    const answer = await app.get(url, { 'hx-ptag': tag })
    const page = await pageOf(answer)
    expect(page.querySelectorAll('tr').map((row) => row.id)).toEqual(['job-2', 'job-1'])
    expect(textOf(page.querySelector('#job-2'))).toContain('Start pending')
    expect((await app.get(url, { 'hx-ptag': answer.headers.get('hx-ptag') ?? '' })).status).toBe(
      304,
    )
  })

  test('lose a job that was deleted, and go on asking for the others', async () => {
    const app = await anApp()
    await aJob(app.db, { status: 'running' })
    const gone = await aJob(app.db, { status: 'finished' })
    const { url, tag } = await pollOf(app, '/jobs')
    await app.post('/jobs/commands', [
      ['command', 'delete'],
      ['sure', 'yes'],
      ['id', String(gone.id)],
    ])
    const page = await pageOf(await app.get(url, { 'hx-ptag': tag }))
    expect(page.querySelectorAll('tr').map((row) => row.id)).toEqual(['job-1'])
    expect(attributesOf(page, 'hx-get')).toEqual(['/jobs/rows?ids=1'])
  })
})

test('a poll is never kept by anybody on the way', async () => {
  const app = await anApp()
  const { id } = await aJob(app.db, { status: 'running' })
  for (const url of [`/jobs/${id}/live`, `/jobs/rows?ids=${id}`]) {
    expect((await app.get(url)).headers.get('cache-control')).toBe('no-store')
  }
})
