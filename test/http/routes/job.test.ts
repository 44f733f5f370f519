import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { HtmlElement } from 'html-validate'
import type { Db } from '../../../src/db/store.ts'
import { noCounters } from '../../../src/domain/jobs/counters.ts'
import {
  parseExportSpecification,
  parseImportSpecification,
} from '../../../src/domain/specification/parse-specification.ts'
import { commitBatch } from '../../../src/engine/lifecycle/batch.ts'
import { createJob, requireJob } from '../../../src/engine/jobs/jobs.ts'
import { lastRuns } from '../../../src/engine/list/last-runs.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { exportJob, importJob } from '../../../src/engine/jobs/new-job.ts'
import { aBatch, aReject } from '../../support/jobs/a-batch.ts'
import { after, aJob, NOON, OPERATOR, WORKER } from '../../support/jobs/a-job.ts'
import { anApp } from '../../support/pages/app.ts'
import { aFaultyImport } from '../../support/jobs/a-repair.ts'
import { aDirtyImport } from '../../support/pages/every-page.ts'
import { pageOf, textOf, textsOf } from '../../support/pages/html.ts'

const stepsOf = (page: HtmlElement) => textsOf(page, '#job-controls .button')
const nextOf = (page: HtmlElement) => textsOf(page, '#job-controls .button-primary')

/** A dry run of two records, one of them rejected. */
async function aTriedImport(db: Db): Promise<number> {
  const specification = parseImportSpecification({
    path: '/data/people.csv',
    table: 'person',
    dryRun: true,
  })
  const { id } = await createJob(
    db,
    { ...importJob(specification, {}), status: 'start_pending' },
    { now: NOON, actor: OPERATOR },
  )
  const by = { actor: WORKER, now: after(1), claim: 'tried' }
  await transition(db, id, 'claim', by)
  const counters = { ...noCounters(), processed: 2, success: 1, inserted: 1, rejects: 1, errors: 1 }
  const rejects = [aReject({ record: 1, field: 'age' })]
  await db
    .transaction()
    .execute((trx) =>
      commitBatch(trx, aBatch({ jobId: id, claim: 'tried', counters, rejects, total: 2 })),
    )
  await transition(db, id, 'finish', by)
  return id
}

describe('the next step of a job', () => {
  test.each([
    ['editing', 'Start', ['Edit the specification'], 'Iniciar'],
    ['running', 'Pause', ['Cancel'], 'Pausar'],
    ['paused', 'Start', ['Cancel'], 'Iniciar'],
    ['failed', 'Start', ['Cancel'], 'Iniciar'],
  ] as const)('that is %s is its primary button', async (status, next, others, spanish) => {
    const { db, get } = await anApp()
    const { id } = await aJob(db, { status })
    const page = await pageOf(await get(`/jobs/${id}`))
    expect(nextOf(page)).toEqual([next])
    expect(stepsOf(page)).toEqual([next, ...others])
    expect(nextOf(await pageOf(await get(`/jobs/${id}`, { 'accept-language': 'es' })))).toEqual([
      spanish,
    ])
  })

  test('that wrote nothing amiss is nothing at all', async () => {
    const { db, get } = await anApp()
    const { id } = await aJob(db, { status: 'finished' })
    expect(stepsOf(await pageOf(await get(`/jobs/${id}`)))).toEqual([])
  })

  test.each([
    [{ wanted: 2, answering: 2 }, 2, 'Waits: 2 of 2 workers are busy.'],
    [{ wanted: 2, answering: 2 }, 1, 'A worker takes it within seconds.'],
    [{ wanted: 2, answering: 0 }, 0, 'Waits: none of the 2 workers of this server answers.'],
    [{ wanted: 0, answering: 0 }, 0, 'Waits for a worker; this server has none of its own.'],
  ])('that waits says for what: %o, %i busy', async (workers, busy, sentence) => {
    const { db, get } = await anApp({}, {}, { workers: () => ({ ...workers, names: [] }) })
    for (let count = 0; count < busy; count++) await aJob(db, { status: 'running' })
    const { id } = await aJob(db, { status: 'start_pending' })
    const page = await pageOf(await get(`/jobs/${id}`))
    expect(textOf(page.querySelector('.wait'))).toBe(sentence)
    expect(nextOf(page)).toEqual([])
  })

  test('that was shut down says in Spanish that it goes on by itself', async () => {
    const { db, get } = await anApp()
    const { id } = await aJob(db, { status: 'shutting_down' })
    const page = await pageOf(await get(`/jobs/${id}`, { 'accept-language': 'es' }))
    expect(textOf(page.querySelector('.wait'))).toContain('Continúa por sí solo')
  })

  test('where a limit was reached is to change it, and Start goes on with the rest', async () => {
    const { db, get, post } = await anApp()
    const { id, claim } = await aJob(db, { status: 'running', claim: 'mine' })
    const failure = { reason: 'all_rejected', params: { count: 100 } } as const
    const by = { actor: WORKER, now: after(1), claim: claim ?? '', failure }
    await transition(db, id, 'fail', by)
    const page = await pageOf(await get(`/jobs/${id}`))
    expect(stepsOf(page)).toEqual(['Change and run again', 'Go on with the rest', 'Cancel'])
    const change = page.querySelector('#button-change')
    const name = change?.getAttributeValue('name') ?? ''
    const answer = await post(`/jobs/${id}/duplicate`, [
      [name, change?.getAttributeValue('value') ?? ''],
    ])
    expect(answer.headers.get('location')).toBe(`/jobs/${id + 1}/specification`)
    expect(await requireJob(db, id + 1)).toMatchObject({ status: 'editing', copy_of: id })
  })

  test('after a dry run is to run it for real, after a question', async () => {
    const { db, get, post } = await anApp()
    const id = await aTriedImport(db)
    const page = await pageOf(await get(`/jobs/${id}`))
    expect(stepsOf(page)).toEqual(['Run it for real', 'Look at the rejects'])
    const href = page.querySelector('#job-controls .button-primary')?.getAttributeValue('href')
    const question = await pageOf(await get(href ?? ''))
    expect(textOf(question.querySelector('#question'))).toContain('This time it is no dry run')
    expect(textsOf(question, '.facts dl > div')).toContain('Dry runno')
    const given = question
      .querySelectorAll('#question input')
      .map((field): [string, string] => [
        field.getAttributeValue('name') ?? '',
        field.getAttributeValue('value') ?? '',
      ])
    expect((await post(`/jobs/${id}/run-again`, given)).status).toBe(303)
    expect(await requireJob(db, id + 1)).toMatchObject({ dry_run: false, rerun_of: id })
  })
})

describe('what cannot be undone', () => {
  test.each([
    ['en', 'The job stops for good', 'Cancel for good'],
    ['es', 'El trabajo se detiene definitivamente', 'Cancelar definitivamente'],
  ])('is asked about on a page of its own before a job is cancelled, in %s', async (...words) => {
    const [language, sentence, sure] = words
    const { db, get, post } = await anApp()
    const { id } = await aJob(db, { status: 'running' })
    const job = await pageOf(await get(`/jobs/${id}/journal?level=error`))
    const href = job.querySelector('#button-cancel')?.getAttributeValue('href') ?? ''
    const page = await pageOf(
      await get(href.replaceAll('&amp;', '&'), { 'accept-language': language }),
    )
    expect(textOf(page.querySelector('#question'))).toContain(sentence)
    expect(textOf(page.querySelector('#button-sure'))).toBe(sure)
    const action = page.querySelector('#question')?.getAttributeValue('action') ?? ''
    expect((await requireJob(db, id)).status).toBe('running')
    const answer = await post(action.replaceAll('&amp;', '&'))
    expect(answer.headers.get('location')).toBe(`/jobs/${id}/journal?level=error`)
    expect((await requireJob(db, id)).status).toBe('cancelling')
  })

  test('is not asked about where it cannot be done', async () => {
    const { db, get } = await anApp()
    const over = await aJob(db, { status: 'finished' })
    const refused = await pageOf(await get(`/jobs/${over.id}/cancel`), 409)
    expect(textOf(refused.querySelector('#job-notice'))).toContain(`Job ${over.id} has the status`)
    const running = await aJob(db, { status: 'running' })
    expect((await get(`/jobs/${running.id}/run-again`)).status).toBe(409)
    expect((await get('/jobs/99/cancel')).status).toBe(404)
  })

  test.each([
    ['en', 'its records are inserted into the table person'],
    ['es', 'sus registros se insertan en la tabla person'],
  ])('is told before a job runs again, in %s', async (language, sentence) => {
    const { db, get } = await anApp()
    const { id } = await aJob(db, { status: 'finished' })
    const page = await pageOf(await get(`/jobs/${id}/run-again`, { 'accept-language': language }))
    expect(textOf(page.querySelector('#question'))).toContain(sentence)
  })
})

describe('the General tab', () => {
  test('tells why records were rejected, and leads to those rejects', async () => {
    const app = await anApp()
    const id = await aDirtyImport(app)
    const page = await pageOf(await app.get(`/jobs/${id}`))
    const reasons = textsOf(page, '#reject-reasons li')
    expect(reasons).toContainEqual(expect.stringMatching(/^1 TLY-3001 age e\.g\. The value "many"/))
    const links = page
      .querySelectorAll('#reject-reasons li a')
      .map((link) => link.getAttributeValue('href')?.replaceAll('&amp;', '&') ?? '')
    expect(links).toContain(`/jobs/${id}/rejects?type=error&code=TLY-3001&field=age`)
  })

  test.each([
    [8, undefined],
    [9, 'and 1 more reason'],
  ])('of %i reasons says how many are not shown', async (count, more) => {
    const app = await anApp()
    const names = Array.from({ length: count }, (_, at) => `n${at}`)
    const columns = names.map((name) => `${name} integer`).join(', ')
    await sql.raw(`create table wide (id integer primary key, ${columns})`).execute(app.db)
    const text = `id,${names.join(',')}\n1${',x'.repeat(count)}\n2${',1'.repeat(count)}\n`
    const id = await aFaultyImport(app.store, { table: 'wide' }, text)
    const page = await pageOf(await app.get(`/jobs/${id}`))
    expect(page.querySelectorAll('#reject-reasons li').length).toBe(8)
    expect(textsOf(page, '#reject-reasons p')).toEqual(more === undefined ? [] : [more])
  })

  test('says of what came to nothing no more than that, and has all counters on demand', async () => {
    const app = await anApp()
    const id = await aDirtyImport(app)
    const page = await pageOf(await app.get(`/jobs/${id}`))
    expect(textsOf(page, '.ledger tbody tr').map((line) => line.replace(/[\d.,%]+/g, '#'))).toEqual(
      ['#Inserted#', '#Rejected#'],
    )
    expect(textOf(page.querySelector('.tally-zeros'))).toContain('Zero: updated, unchanged')
    expect(page.querySelectorAll('#all-counters [data-counter]').length).toBe(19)
  })

  test('says what a job that is being edited is asked for, with the way to change it', async () => {
    const { db, get } = await anApp()
    const { id } = await aJob(db)
    const page = await pageOf(await get(`/jobs/${id}`))
    expect(textsOf(page, '#asked .facts dl > div')).toContain('Operationinsert')
    expect(page.querySelector('#edit-asked')?.getAttributeValue('href')).toBe(
      `/jobs/${id}/specification`,
    )
  })

  test('draws the last runs of the same specification, this one marked', async () => {
    const { db, get } = await anApp()
    // Nightly files carry their date.
    const nightly = (day: number) => ({
      status: 'finished' as const,
      fileName: `people-${day}.csv`,
    })
    for (let day = 0; day < 23; day++) await aJob(db, nightly(day))
    await aJob(db, { ...nightly(23), label: 'Under another label' })
    await aJob(db, { status: 'finished', fileName: 'others.csv' })
    const asked = { path: '/data/people-24.csv', table: 'person', maxRejects: 7 }
    const other = importJob(parseImportSpecification(asked), { label: 'People' })
    await createJob(db, { ...other, status: 'start_pending' }, { now: NOON, actor: OPERATOR })
    await sql`update tallyman_job set started_at = created_at`.execute(db)
    const { id } = await aJob(db, nightly(25))
    // What is drawn is no HTML to the parser.
    const page = await (await get(`/jobs/${id}`)).text()
    expect(page).toMatch(/<p [^>]*id="runs-description">Bars upwards: running time/)
    const titles = [...page.matchAll(/class="run[^>]*><title>([^<]*)/g)].map(([, title]) => title)
    expect(titles.length).toBe(20)
    expect(titles.filter((title) => title?.includes('this job'))).toEqual([titles.at(-1)])
    const runs = await lastRuns(db, await requireJob(db, id))
    const like = Array.from({ length: 19 }, (_, at) => id - 21 + at)
    expect(runs.map((run) => run.id)).toEqual([...like, id])
    const ofTheSecond = await lastRuns(db, await requireJob(db, 2))
    expect(ofTheSecond.map((run) => run.id)).toEqual(Array.from({ length: 20 }, (_, at) => 2 + at))
  })
})

test('an export inserts nothing: its records are written', async () => {
  const { db, get } = await anApp()
  const wanted = exportJob(
    parseExportSpecification({ table: 'person', path: '/out/people.csv' }),
    {},
  )
  const { id } = await createJob(db, wanted, { now: NOON, actor: OPERATOR })
  const page = await pageOf(await get(`/jobs/${id}`))
  expect(textsOf(page, '#all-counters dt')).toContain('Written')
  expect(
    textOf(page.querySelector('#tally')) + textOf(page.querySelector('#all-counters')),
  ).not.toMatch(/inserted/i)
})
