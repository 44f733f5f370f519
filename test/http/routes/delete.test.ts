import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { DELETABLE_STATUSES, isAllowed } from '../../../src/domain/states/commands.ts'
import { parseExportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { JOB_STATUSES } from '../../../src/domain/states/status.ts'
import { createJob, findJob, requireJob } from '../../../src/engine/jobs/jobs.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { exportJob } from '../../../src/engine/jobs/new-job.ts'
import { aJob, NOON, OPERATOR, WORKER, BROKEN } from '../../support/jobs/a-job.ts'
import { anApp, OWN, type TestApp } from '../../support/pages/app.ts'
import { attributesOf, pageOf, textOf, textsOf } from '../../support/pages/html.ts'

/** An export that failed or was paused, with the part of its file that it has written. */
async function aPartialExport({ db, folder }: TestApp, way: 'fail' | 'yield') {
  const file = path.join(folder, 'people.csv')
  const specification = parseExportSpecification({ table: 'person', path: file })
  const { id } = await createJob(
    db,
    { ...exportJob(specification, { label: 'People' }), status: 'start_pending' },
    { actor: OPERATOR, now: NOON },
  )
  const act = { actor: WORKER, claim: 'mine', now: NOON, failure: BROKEN }
  await transition(db, id, 'claim', act)
  if (way === 'yield') await transition(db, id, 'pause', { actor: OPERATOR, now: NOON })
  await transition(db, id, way, act)
  const part = `${file}.tallyman-${id}.part`
  writeFileSync(part, 'id,na')
  return { id, part }
}

describe.each(JOB_STATUSES)('a job that is %s', (status) => {
  test('is deleted after a question, or shown with the reason why not', async () => {
    const { db, get, post } = await anApp()
    const job = await aJob(db, { status })
    const url = `/jobs/${job.id}/delete`
    if (isAllowed('delete', status)) {
      const page = await pageOf(await get(url))
      expect(textsOf(page, 'li').join(' ')).toContain('its journal')
      expect(textsOf(page, 'li').join(' ')).toContain('people.csv')
      expect(await requireJob(db, job.id)).toEqual(job)
      const answer = await post(url)
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/jobs'])
      expect(await findJob(db, job.id)).toBeUndefined()
    } else {
      for (const answer of [await get(url), await post(url)]) {
        const page = await pageOf(answer, 409)
        expect(textOf(page.querySelector('#job-notice [role="alert"]'))).toContain('"Delete" needs')
      }
      expect(await requireJob(db, job.id)).toEqual(job)
    }
  })

  test('is run again where it is over, and duplicated always', async () => {
    const { db, post } = await anApp()
    const { id } = await aJob(db, { status })
    const copy = await post(`/jobs/${id}/duplicate`)
    expect([copy.status, copy.headers.get('location')]).toEqual([303, `/jobs/${id + 1}`])
    expect(await requireJob(db, id + 1)).toMatchObject({ status: 'editing', copy_of: id })

    const again = await post(`/jobs/${id}/run-again`)
    if (isAllowed('run_again', status)) {
      expect([again.status, again.headers.get('location')]).toEqual([303, `/jobs/${id + 2}`])
      expect(await requireJob(db, id + 2)).toMatchObject({ status: 'start_pending', rerun_of: id })
    } else {
      const page = await pageOf(again, 409)
      expect(textOf(page.querySelector('#job-notice [role="alert"]'))).toContain(
        '"Run again" needs',
      )
      expect(await findJob(db, id + 2)).toBeUndefined()
    }
  })
})

test('many jobs are deleted after one question, and the list says which were not', async () => {
  const { db, get, post } = await anApp()
  const ids: number[] = []
  for (const status of JOB_STATUSES) ids.push((await aJob(db, { status, label: status })).id)
  const asked = await post('/jobs/commands?sort=label&direction=desc', [
    ['command', 'delete'],
    ...[...ids, 999].map((id): [string, string] => ['id', String(id)]),
  ])
  expect(asked.status).toBe(303)
  const url = asked.headers.get('location') ?? ''
  const page = await pageOf(await get(url))
  expect(textsOf(page, '.delete-list a').map((text) => text.split(' ')[0])).toEqual([
    ...DELETABLE_STATUSES,
  ])
  expect(textsOf(page, 'li').join(' ')).toContain('There is no job 999')
  expect(attributesOf(page, 'action')).toContain('/jobs/commands?sort=label&direction=desc')

  const chosen = page.querySelector('#question input[name="id"]')?.getAttributeValue('value') ?? ''
  const running = ids[JOB_STATUSES.indexOf('running')] ?? 0
  const sure: [string, string][] = [
    ['command', 'delete'],
    ['sure', 'yes'],
    ['id', chosen],
    ['id', String(running)],
  ]
  const list = await pageOf(await post('/jobs/commands', sure))
  expect(textsOf(list, '.notice li').join(' ')).toContain(`Job ${running} has the status`)
  const left = await db.selectFrom('tallyman_job').select('status').orderBy('id').execute()
  expect(left.map(({ status }) => status)).toEqual(
    JOB_STATUSES.filter((status) => !isAllowed('delete', status)),
  )
})

test.each(['cancel', 'delete'])('nothing is asked where no job was chosen to %s', async (act) => {
  const { get } = await anApp()
  expect((await get(`/jobs/${act}`)).headers.get('location')).toBe('/jobs')
})

describe('what an export has written that did not come to its end', () => {
  test.each(['/jobs/1/cancel', '/jobs/1/delete'])('goes with %s', async (url) => {
    const app = await anApp()
    const { part } = await aPartialExport(app, url.endsWith('cancel') ? 'yield' : 'fail')
    expect((await app.post(url)).status).toBe(303)
    await expect.poll(() => existsSync(part)).toBe(false)
  })

  test.each(['cancel', 'delete'])('goes with %s for many', async (command) => {
    const app = await anApp()
    const { id, part } = await aPartialExport(app, 'fail')
    const form: [string, string][] = [
      ['command', command],
      ['sure', 'yes'],
      ['id', String(id)],
    ]
    expect((await app.post('/jobs/commands', form)).status).toBe(200)
    await expect.poll(() => existsSync(part)).toBe(false)
  })
})

test('of an uploaded file, the copy of the server goes with the job that was not run', async () => {
  const app = await anApp()
  const body = new FormData()
  body.append('file', new Blob(['id\n1\n']), 'disc.csv')
  await app.ask('/uploads', { method: 'POST', headers: OWN, body })
  const told = textOf((await pageOf(await app.get('/jobs/1/delete'))).querySelector('main'))
  expect(told).toContain("the server's copy of \u2068disc.csv\u2069 as it was uploaded")
  expect(told).not.toContain('Will be kept')
})
