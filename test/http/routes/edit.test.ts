import { describe, expect, test } from 'vitest'
import { JOB_STATUSES } from '../../../src/domain/states/status.ts'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { journalAfter } from '../../../src/engine/ground/journal.ts'
import { listJobs } from '../../../src/engine/list/list-jobs.ts'
import { aJob, NOON } from '../../support/jobs/a-job.ts'
import { anApp } from '../../support/pages/app.ts'
import { attributesOf, pageOf, textOf } from '../../support/pages/html.ts'

const form = (label: string, description = ''): [string, string][] => [
  ['label', label],
  ['description', description],
]

describe('label and description', () => {
  test.each(JOB_STATUSES)('of a job that is %s are changed by a form', async (status) => {
    const { db, get, post } = await anApp()
    const { id } = await aJob(db, { status })
    const page = await pageOf(await get(`/jobs/${id}/edit?tab=journal`))
    expect(attributesOf(page, 'action')).toContain(`/jobs/${id}/edit?tab=journal`)

    const answer = await post(
      `/jobs/${id}/edit?tab=journal`,
      form('  Otoño <b>  ', 'One\r\nTwo\r\n'),
    )
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/jobs/${id}/journal`])
    const texts = { status, label: 'Otoño <b>', description: 'One\nTwo' }
    expect(await requireJob(db, id)).toMatchObject(texts)
    const found = { text: 'otono', sort: 'id', direction: 'asc', limit: 5, now: NOON } as const
    expect((await listJobs(db, found)).jobs).toMatchObject([{ id }])
  })

  test('that were not changed leave no entry, however a browser sends the ends of lines', async () => {
    const { db, post } = await anApp()
    const { id, label } = await aJob(db)
    await post(`/jobs/${id}/edit`, form(label, 'One\r\nTwo'))
    const before = (await journalAfter(db, id, { after: 0, limit: 10 })).length
    await post(`/jobs/${id}/edit`, form(label, 'One\r\nTwo'))
    expect(await journalAfter(db, id, { after: 0, limit: 10 })).toHaveLength(before)
  })

  test.each([
    ['label', form(' ', 'kept'), /empty/],
    ['label', form('x'.repeat(201), 'kept'), /at most 200/],
    ['description', form('kept', 'x'.repeat(2001)), /at most 2,000/],
  ] as const)('are refused at the %s, with what was typed', async (field, typed, sentence) => {
    const { db, post } = await anApp()
    const job = await aJob(db)
    const page = await pageOf(await post(`/jobs/${job.id}/edit`, [...typed]), 422)
    const box = page.querySelector(`#edit-${field}`)
    expect(box?.getAttributeValue('aria-invalid')).toBe('true')
    const note = page.querySelector(`#${box?.getAttributeValue('aria-describedby') ?? ''}`)
    expect(textOf(note)).toMatch(sentence)
    expect(textOf(page.querySelector('#edit-description'))).toBe(typed[1]?.[1])
    expect(await requireJob(db, job.id)).toEqual(job)
  })

  test('stand outside of what a poll replaces, so that none takes the form away', async () => {
    const { db, get } = await anApp()
    const { id } = await aJob(db, { status: 'running' })
    const page = await pageOf(await get(`/jobs/${id}`))
    expect(page.querySelector('#job-title')).not.toBeNull()
    expect(page.querySelector('#job-live #job-title')).toBeNull()
    const live = await pageOf(await get(`/jobs/${id}/live`))
    expect(live.querySelector('#job-title')).toBeNull()
    expect(live.querySelector('hx-partial')?.getAttributeValue('hx-target')).toBe('#job-texts')
  })

  test('stand beside the number by which sentences and the command line call the job', async () => {
    const { db, get } = await anApp()
    const { id } = await aJob(db)
    for (const tab of ['', '/journal', '/rejects']) {
      const page = await pageOf(await get(`/jobs/${id}${tab}`))
      expect(textOf(page.querySelector('.crumb'))).toBe(`Jobs / ${id}`)
    }
  })

  test('of a job that is not there can not be changed', async () => {
    const { get, post } = await anApp()
    expect((await get('/jobs/9/edit')).status).toBe(404)
    expect((await post('/jobs/9/edit', form('x'))).status).toBe(404)
  })
})
