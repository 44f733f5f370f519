import type { HtmlElement } from 'html-validate'
import { describe, expect, test } from 'vitest'
import { findJob } from '../../../../src/engine/jobs/jobs.ts'
import { iterateJournal } from '../../../../src/engine/ground/journal.ts'
import { transition } from '../../../../src/engine/lifecycle/transition.ts'
import { JOB_STATUSES } from '../../../../src/domain/states/status.ts'
import { all } from '../../../support/all.ts'
import { aJob, after, NOON } from '../../../support/jobs/a-job.ts'
import { anApp, IN_PLACE, OWN, type TestApp } from '../../../support/pages/app.ts'
import { aDirtyImport } from '../../../support/pages/every-page.ts'
import { storeRandomJobs } from '../../../support/jobs/random-jobs.ts'
import { pageOf, textOf, textsOf } from '../../../support/pages/html.ts'

const idsIn = (page: Awaited<ReturnType<typeof pageOf>>) =>
  page.querySelectorAll('#job-rows tr').map((row) => Number((row.id ?? '').replace('job-', '')))

async function listed({ get }: TestApp, query = ''): Promise<number[]> {
  return idsIn(await pageOf(await get(`/jobs${query}`)))
}

describe('the list', () => {
  test('that is empty teaches what to do, and one that is filtered how to see more', async () => {
    const { get } = await anApp()
    const empty = await pageOf(await get('/jobs'))
    expect(textOf(empty.querySelector('.begin'))).toMatch(/tallyman import .*samples\/people\.csv /)
    expect(empty.querySelectorAll('#jobs [name="id"], .bulk')).toEqual([])
    expect(empty.querySelector('.begin a[href="/jobs/new/import"]')).not.toBeNull()
    expect(empty.querySelector('#import-sample')).not.toBeNull()
    const filtered = await pageOf(await get('/jobs?text=nothing'))
    expect(filtered.querySelector('.empty a[href="/jobs"]')).not.toBeNull()
  })

  test('has nothing to tell of a job that never ran but its type', async () => {
    const { db, get } = await anApp()
    await aJob(db, { status: 'start_pending' })
    const page = await pageOf(await get('/jobs'))
    const narrow = page.querySelector('#job-1 .narrow-only')
    expect(narrow?.getAttributeValue('data-text')).toBe('Import')
    expect(textsOf(page, '#job-1 td').slice(4)).toEqual(['–', '–', 'Import', '–', '0', '0'])
    const job = await pageOf(await get('/jobs/1'))
    expect(textOf(job.querySelector('.job-meter'))).toContain('0%')
    expect(textOf(job.querySelector('.job-pace'))).toBe('0 records processed')
  })

  test('shows of each job what there is to tell at a glance', async () => {
    const { db, get } = await anApp()
    await aJob(db, { status: 'finished', label: 'People of May' })
    const page = await pageOf(await get('/jobs'))
    expect(textsOf(page, '#job-1 td')).toEqual([
      '',
      'Finished nothing written',
      'People of May 1 · people.csv → person · ana',
      'No record was processed',
      '31 Jan 12:00',
      '31 Jan 12:00',
      'Import',
      '0:00',
      '0',
      '0',
    ])
    expect(page.querySelector('#job-1 a')?.getAttributeValue('href')).toBe('/jobs/1')
  })

  test.each([
    ['en', '2 written, 5 rejected'],
    ['es', '2 escritos, 5 rechazados'],
  ])('tells what came of a job also where no bar is drawn, in "%s"', async (language, words) => {
    const app = await anApp()
    const id = await aDirtyImport(app)
    const page = await pageOf(await app.get('/jobs', { 'accept-language': language }))
    expect(textOf(page.querySelector(`#job-${id} .col-outcome`))).toBe(words)
  })

  test('keeps in its form what its address says, and in its headings what it is sorted by', async () => {
    const { get } = await anApp()
    const query =
      '?status=paused&type=import&text=may&from=2026-01-01&to=2026-02-01&sort=label&direction=asc'
    const page = await pageOf(await get(`/jobs${query}`))
    const value = (id: string) => page.querySelector(`#filter-${id}`)?.getAttributeValue('value')
    expect(['text', 'from', 'to'].map(value)).toEqual(['may', '2026-01-01', '2026-02-01'])
    const chosen = page.querySelectorAll('option[selected]')
    expect(chosen.map((option) => option.getAttributeValue('value'))).toEqual(['paused', 'import'])
    const sorted = page.querySelector('th[aria-sort]')
    expect([sorted?.getAttributeValue('aria-sort'), textOf(sorted)]).toEqual([
      'ascending',
      'Label↑',
    ])
    expect(textsOf(page, 'p.print-only')).toEqual([
      'Status: Paused · Job type: Import · Text: may · From: Jan 1, 2026 · To: Feb 1, 2026',
    ])
    expect(textsOf(await pageOf(await get('/jobs')), 'p.print-only')).toEqual([])
    const other = sorted?.querySelector('a')?.getAttributeValue('href') ?? ''
    expect(other).toContain('sort=label&amp;direction=desc')
    expect(other).toContain('status=paused')
  })

  test('leaves out what it does not understand of an address, and says so', async () => {
    const app = await anApp()
    await aJob(app.db)
    for (const wrong of [
      'tab=none',
      'status=asleep',
      'sort=colour',
      'direction=up',
      'from=yesterday',
      'from=2026-02-31',
      'type=x',
      'to=2026-13-01',
    ]) {
      const page = await pageOf(await app.get(`/jobs?${wrong}`))
      expect(idsIn(page), wrong).toEqual([1])
      expect(textOf(page.querySelector('main .notice-error'))).toContain(
        `“${wrong}” in the address`,
      )
    }
    const right = await pageOf(await app.get('/jobs?status=&tab=waiting&from=2026-01-31'))
    expect(right.querySelector('main .notice-error')).toBeNull()
    const spanish = await app.get('/jobs?status=foo', { 'accept-language': 'es' })
    expect(textOf((await pageOf(spanish)).querySelector('main .notice-error'))).toContain(
      '«status=foo»',
    )
    expect((await app.get('/jobs?cursor=xyz')).status).toBe(422)
  })

  test('is narrowed by status, type, text and day', async () => {
    const app = await anApp()
    for (const status of JOB_STATUSES) await aJob(app.db, { status })
    const late = await aJob(app.db, { label: 'Tarde', status: 'finished', now: after(86_400) })
    for (const [index, status] of JOB_STATUSES.entries()) {
      const found = await listed(app, `?status=${status}`)
      expect(found).toEqual(status === 'finished' ? [late.id, index + 1] : [index + 1])
    }
    expect(await listed(app, '?type=export')).toEqual([])
    expect(await listed(app, '?type=import')).toHaveLength(11)
    expect(await listed(app, '?text=TARDE')).toEqual([late.id])
    expect(await listed(app, '?from=2026-02-01')).toEqual([late.id])
    expect(await listed(app, '?from=2026-01-31&to=2026-01-31')).toHaveLength(10)
    expect(await listed(app, '?to=2026-01-30')).toEqual([])
  })

  test('has the days of the zone in which it shows times', async () => {
    const app = await anApp({ timeZone: 'Pacific/Kiritimati' })
    await aJob(app.db, { status: 'finished' })
    expect(await listed(app, '?from=2026-02-01&to=2026-02-01')).toEqual([1])
    expect(await listed(app, '?to=2026-01-31')).toEqual([])
  })

  test('is turned page by page, forth and back, without losing a job or showing one twice', async () => {
    const app = await anApp()
    for (let count = 0; count < 120; count++) await aJob(app.db, { label: `Job ${count % 7}` })
    for (const order of ['', '?sort=label&direction=asc', '?sort=status&direction=desc']) {
      const forth: number[][] = []
      const addresses: string[] = []
      let next: string | undefined = `/jobs${order}`
      while (next !== undefined) {
        const page = await pageOf(await app.get(next))
        forth.push(idsIn(page))
        addresses.push(next)
        next = linkOf(page, 'next')
      }
      expect(forth.map((ids) => ids.length)).toEqual([50, 50, 20])
      expect(new Set(forth.flat()).size).toBe(120)

      let page = await pageOf(await app.get(addresses.at(-1) ?? ''))
      for (const ids of forth.slice(0, -1).toReversed()) {
        page = await pageOf(await app.get(linkOf(page, 'prev') ?? ''))
        expect(idsIn(page)).toEqual(ids)
      }
    }
  })
})

describe('above the list', () => {
  test('are tabs with their numbers, which show what they count', async () => {
    const app = await anApp()
    await aDirtyImport(app)
    for (const status of JOB_STATUSES) await aJob(app.db, { status })
    const page = await pageOf(await app.get('/jobs'))
    const tabs = page.querySelectorAll('.list-tabs a')
    expect(tabs.map(textOf)).toEqual([
      'All 11',
      'In motion 4',
      'Failed 1',
      'With rejects 1',
      'Waiting 3',
    ])
    for (const tab of tabs) {
      const shown = idsIn(await pageOf(await app.get(tab.getAttributeValue('href') ?? '')))
      expect(textOf(tab)).toMatch(new RegExp(` ${shown.length}$`))
    }
    expect(page.querySelectorAll('.tabs a[aria-current]').map(textOf)).toEqual(['All 11'])
    const spanish = await pageOf(await app.get('/jobs', { 'accept-language': 'es' }))
    expect(textsOf(spanish, '.list-tabs a')).toEqual([
      'Todos 11',
      'En marcha 4',
      'Con error 1',
      'Con rechazos 1',
      'A la espera 3',
    ])
  })

  test('is a tab that counts no further than 99', async () => {
    const { db, get } = await anApp()
    await storeRandomJobs(db, 101, 1)
    const page = await pageOf(await get('/jobs'))
    expect(textOf(page.querySelector('.list-tabs a'))).toBe('All 99+')
  })

  test('are the days of the zone that are asked for most', async () => {
    const app = await anApp({ timeZone: 'Pacific/Kiritimati' })
    const page = await pageOf(await app.get('/jobs?tab=failed'))
    const links = page.querySelectorAll('.list-days a')
    expect(links.map((link) => link.getAttributeValue('href')?.replaceAll('&amp;', '&'))).toEqual([
      '/jobs?tab=failed&from=2026-01-31&to=2026-01-31',
      '/jobs?tab=failed&from=2026-01-26',
    ])
  })

  test('is a form that stays closed until it narrows the list, and keeps the tab', async () => {
    const { get } = await anApp()
    const plain = await pageOf(await get('/jobs?text=may&tab=failed'))
    expect(plain.querySelector('details.list-more[open]')).toBeNull()
    expect(plain.querySelector('input[name="tab"]')?.getAttributeValue('value')).toBe('failed')
    const narrowed = await pageOf(await get('/jobs?from=2026-01-31'))
    expect(narrowed.querySelector('details.list-more[open]')).not.toBeNull()
  })
})

describe('a row of the list', () => {
  test('tells why a job failed, and names its box by its label', async () => {
    const { db, get } = await anApp()
    const { id } = await aJob(db, { status: 'running', label: 'Mayo', claim: 'c' })
    const failure = { reason: 'too_many_rejects', params: { limit: 20 } } as const
    await transition(db, id, 'fail', { actor: 'worker-1', claim: 'c', now: NOON, failure })
    const page = await pageOf(await get('/jobs'))
    expect(textOf(page.querySelector('.job-line'))).toBe(
      '1 · The limit of this job is reached: 20 rejects.',
    )
    const box = page.querySelector('#select-1')
    expect(box?.getAttributeValue('aria-label')).toBe('Select Mayo (job 1)')
  })

  test('has dates with their year where it is another, and in full in their title', async () => {
    const { db, get } = await anApp()
    await aJob(db, { status: 'finished', now: new Date('2025-11-28T13:14:15Z') })
    const page = await pageOf(await get('/jobs', { 'accept-language': 'es' }))
    const date = page.querySelector('#job-1 time')
    expect(textOf(date)).toBe('28 nov 2025 13:14')
    expect(date?.getAttributeValue('title')).toBe('28 nov 2025, 13:14:15')
  })
})

describe('jobs that came since', () => {
  const newsOf = async ({ get }: TestApp, page: HtmlElement, tag?: string) => {
    const url = page.querySelector('#new-jobs')?.getAttributeValue('hx-get') ?? ''
    return await get(url.replaceAll('&amp;', '&'), tag === undefined ? {} : { 'hx-ptag': tag })
  }

  test('are announced, also in an empty list, and with them a way to see them', async () => {
    const app = await anApp()
    const page = await pageOf(await app.get('/jobs'))
    expect(textOf(page.querySelector('#new-jobs'))).toBe('')
    const tag = page.querySelector('#new-jobs')?.getAttributeValue('hx-ptag') ?? ''
    expect((await newsOf(app, page, tag)).status).toBe(304)
    await aJob(app.db)
    await aJob(app.db)
    const answer = await newsOf(app, page, tag)
    const news = await pageOf(answer)
    expect(textOf(news)).toBe('2 new jobs · Show')
    expect(news.querySelector('#show-new-jobs')?.getAttributeValue('href')).toBe('/jobs')
    expect((await newsOf(app, page, answer.headers.get('hx-ptag') ?? '')).status).toBe(304)
  })

  test('are those that match the list', async () => {
    const app = await anApp()
    const page = await pageOf(await app.get('/jobs?text=may&sort=label'))
    await aJob(app.db, { label: 'People of May' })
    await aJob(app.db, { label: 'People of June' })
    const news = await pageOf(await newsOf(app, page))
    expect(textOf(news)).toBe('1 new job · Show')
    expect(news.querySelector('a')?.getAttributeValue('href')).toBe('/jobs?text=may')
  })
})

function linkOf(page: Awaited<ReturnType<typeof pageOf>>, rel: string): string | undefined {
  const link = page.querySelector(`a[rel="${rel}"]`)
  return link?.getAttributeValue('href')?.replaceAll('&amp;', '&')
}

describe('a command for many jobs', () => {
  const selected = (command: string, ids: number[]): [string, string][] => [
    ['command', command],
    ...ids.map((id): [string, string] => ['id', String(id)]),
  ]

  test.each([OWN, IN_PLACE])('is answered for each of them: done, or why not', async (headers) => {
    const { db, post } = await anApp()
    const paused = await aJob(db, { status: 'paused' })
    const over = await aJob(db, { status: 'finished', label: 'People of <May>' })
    const ids = [paused.id, over.id, 77, paused.id]
    const page = await pageOf(await post('/jobs/commands', selected('start', ids), headers))
    const answers = textsOf(page, '#jobs .notice li')
    expect(answers).toEqual([
      `${paused.label} · Job ${paused.id}: Start pending`,
      expect.stringContaining(`People of <May> · Job ${over.id} has the status "Finished"`),
      expect.stringMatching(/^There is no job 77/),
    ])
    expect((await findJob(db, paused.id))?.status).toBe('start_pending')
    const starts = (await all(iterateJournal(db, paused.id))).filter(
      ({ code }) => code === 'TLY-1002',
    )
    expect(starts).toHaveLength(2)
  })

  test('is answered on the very list where it was given', async () => {
    const { db, post } = await anApp()
    await aJob(db, { status: 'paused', label: 'b' })
    await aJob(db, { status: 'paused', label: 'a' })
    const query = '?text=a&sort=label&direction=asc'
    const page = await pageOf(await post(`/jobs/commands${query}`, selected('start', [2])))
    expect(idsIn(page)).toEqual([2])
    expect(page.querySelector('#jobs')?.getAttributeValue('action')).toContain('text=a')
  })

  test('shows its answer until the operator goes on, and where its address is looked at', async () => {
    const { db, get, post } = await anApp()
    await aJob(db, { status: 'running' })
    const page = await pageOf(await post('/jobs/commands?sort=label', selected('pause', [1])))
    expect(page.querySelector('meta[http-equiv="refresh"]')).toBeNull()
    const again = await get('/jobs/commands?text=a')
    expect([again.status, again.headers.get('location')]).toEqual([302, '/jobs?text=a'])
  })

  test('without any job says that none was selected', async () => {
    const { post } = await anApp()
    const page = await pageOf(await post('/jobs/commands', selected('pause', [])))
    expect(textOf(page.querySelector('#jobs [role="alert"]'))).toContain('No job was selected')
  })

  test('to delete asks first, and then deletes those that are over', async () => {
    const { db, post } = await anApp()
    const over = await aJob(db, { status: 'cancelled' })
    const running = await aJob(db, { status: 'running' })
    const asked = await post('/jobs/commands', selected('delete', [over.id, running.id]))
    expect([asked.status, asked.headers.get('location')]).toEqual([303, '/jobs/delete?ids=1.2'])
    expect(await findJob(db, over.id)).toBeDefined()

    const sure: [string, string][] = [...selected('delete', [over.id, running.id]), ['sure', 'yes']]
    const page = await pageOf(await post('/jobs/commands', sure))
    expect(await findJob(db, over.id)).toBeUndefined()
    expect(await findJob(db, running.id)).toBeDefined()
    expect(textsOf(page, '#jobs .notice li')).toEqual([
      `${over.label} · Job ${over.id}: deleted`,
      expect.stringContaining(`${running.label} · Job ${running.id} has the status`),
    ])
  })

  test.each([
    ['en', 'Job 1: Cancelled', 'Job 2: Cancel in progress', 'These are not cancelled:'],
    ['es', 'Trabajo 1: Cancelado', 'Trabajo 2: Cancelación en curso', 'Estos no se cancelan:'],
  ])('to cancel asks first, and says in "%s" what it led to', async (language, ...words) => {
    const { db, get, post } = await anApp()
    for (const status of ['paused', 'running', 'finished'] as const) await aJob(db, { status })
    const headers = { ...OWN, 'accept-language': language }
    const asked = await post('/jobs/commands?text=p', selected('cancel', [1, 2, 3, 9]), headers)
    const question = asked.headers.get('location') ?? ''
    expect([asked.status, question]).toEqual([303, '/jobs/cancel?text=p&ids=1.2.3.9'])
    expect((await findJob(db, 1))?.status).toBe('paused')

    const page = await pageOf(await get(question, { 'accept-language': language }))
    const [cancelled, cancelling, notCancelled = ''] = words
    expect(page.querySelectorAll('.delete-list a')).toHaveLength(2)
    expect(textOf(page.querySelector('#question'))).toContain(notCancelled)
    expect(page.querySelector('#button-keep')?.getAttributeValue('href')).toBe('/jobs?text=p')
    const ids = page.querySelector('#question [name="id"]')?.getAttributeValue('value') ?? ''
    const sure: [string, string][] = [
      ['command', page.querySelector('#button-sure')?.getAttributeValue('value') ?? ''],
      ['sure', 'yes'],
      ['id', ids],
    ]
    const answer = await pageOf(await post('/jobs/commands', sure, headers))
    const told = textsOf(answer, '#jobs .notice-neutral[role="status"] li')
    expect(told.map((line) => line.split(' · ').at(-1))).toEqual([cancelled, cancelling])
  })

  test('can be given to all that match, beyond the page, and to no other', async () => {
    const { db, get, post } = await anApp()
    await aJob(db, { label: 'Other' })
    for (let count = 0; count < 52; count++) await aJob(db, { label: 'May', status: 'paused' })
    const all = await pageOf(await get('/jobs'))
    expect(textOf(all.querySelector('.bulk-all'))).toBe('All 53 that match')
    const page = await pageOf(await get('/jobs?text=may'))
    expect(textOf(page.querySelector('.bulk-all'))).toBe('All 52 that match')
    const ids = page.querySelector('#select-matching')?.getAttributeValue('value') ?? ''
    await aJob(db, { label: 'May, later', status: 'paused' })
    const form: [string, string][] = [
      ['command', 'start'],
      ['id', ids],
    ]
    const answer = await pageOf(await post('/jobs/commands?text=may', form))
    expect(textsOf(answer, '#jobs .notice li')).toHaveLength(52)
    expect((await findJob(db, 1))?.status).toBe('editing')
    expect((await findJob(db, 54))?.status).toBe('paused')
  })

  test('can be given to no more at once than are obeyed, and says that these are not all', async () => {
    const { db, get } = await anApp()
    await storeRandomJobs(db, 201, 1)
    const page = await pageOf(await get('/jobs?from=2026-01-01'))
    expect(textOf(page.querySelector('.bulk-all'))).toBe('The first 200 that match')
  })

  test('that there is not is not found, and too many jobs are refused', async () => {
    const { post } = await anApp()
    expect((await post('/jobs/commands', selected('claim', [1]))).status).toBe(404)
  })
})
