import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { JOB_STATUSES } from '../../../src/domain/states/status.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import { aJob, NOON } from '../../support/jobs/a-job.ts'
import { anApp } from '../../support/pages/app.ts'
import { aDirtyImport } from '../../support/pages/every-page.ts'
import { pageOf, textOf, textsOf } from '../../support/pages/html.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'

const WORKERS = { wanted: 3, answering: 2, names: ['worker-1', 'worker-2'] }

describe('the start page', () => {
  test('of an empty system offers three ways to begin', async () => {
    const { get } = await anApp()
    const page = await pageOf(await get('/'))
    expect(textsOf(page, '#today h3')).toEqual(['A file of yours', 'A sample', 'A command'])
    expect(page.querySelector('#today a[href="/jobs/new/import"]')).not.toBeNull()
    expect(textOf(page.querySelector('#today code'))).toContain('tallyman import')
    const spanish = await pageOf(await get('/', { 'accept-language': 'es' }))
    expect(textsOf(spanish, 'h1, #today h2')).toEqual(['Hoy', 'Tres maneras de empezar'])
  })

  test('imports its sample in one click, once for two', async () => {
    const { db, store, get, post } = await anApp()
    const page = await pageOf(await get('/'))
    const once = page.querySelector('#today [name="once"]')?.getAttributeValue('value') ?? ''
    const [first, second] = [
      await post('/today/sample', [['once', once]]),
      await post('/today/sample', [['once', once]]),
    ]
    expect([first.status, first.headers.get('location')]).toEqual([303, '/jobs/1'])
    expect(second.headers.get('location')).toBe('/jobs/1')
    await runWaiting(store)
    const job = await findJob(db, 1)
    expect([job?.status, job?.counters.processed]).toEqual(['finished', 2_000])
    expect(job?.counters.rejects).toBeGreaterThan(0)
  })

  test('says why the sample cannot go in where its table is another', async () => {
    const { db, post } = await anApp()
    await sql`create table sample_people (other text)`.execute(db)
    const page = await pageOf(await post('/today/sample'), 422)
    expect(textOf(page.querySelector('main'))).toContain('sample_people')
  })

  test('counts what was done today, and what moves, waits, failed and was rejected', async () => {
    const app = await anApp({}, {}, { workers: () => WORKERS })
    await aDirtyImport(app)
    for (const status of JOB_STATUSES) await aJob(app.db, { status })
    await sql`update tallyman_job set worker = 'worker-1' where status = 'running'`.execute(app.db)
    await sql`update tallyman_job set worker = 'elsewhere' where status = 'pausing'`.execute(app.db)
    await sql`update tallyman_job set dated_at = '2026-01-31T12:00:00.000Z',
              started_at = '2026-01-31T12:00:00.000Z' where id = 1`.execute(app.db)
    const page = await pageOf(await app.get('/'))
    expect(textsOf(page, '.figures li')).toEqual([
      'Records today 7 2 written, 5 rejected · in 9 jobs started today',
      'In motion 4 1 waits for a worker · Workers: 1 busy, 1 ready, 1 does not answer',
      'Failed today 1 1 in all',
      'Rejects open 5 in 1 job',
    ])
    const spanish = await pageOf(await app.get('/', { 'accept-language': 'es' }))
    expect(textsOf(spanish, '.figures li')).toEqual([
      'Registros de hoy 7 2 escritos, 5 rechazados · en 9 trabajos iniciados hoy',
      'En marcha 4 1 a la espera de un ejecutor · Ejecutores: 1 ocupado, 1 libre, 1 no responde',
      'Con error hoy 1 1 en total',
      'Rechazos pendientes 5 en 1 trabajo',
    ])
  })

  test('counts no dry run, and nothing of another day', async () => {
    const { db, get } = await anApp()
    await aJob(db, { status: 'finished', now: new Date('2026-01-30T23:59:59Z') })
    await aJob(db, { status: 'finished' })
    await sql`update tallyman_job set processed = 5, inserted = 3, success = 3, rejects = 2, dry_run = 1,
              specification = replace(specification, '"dryRun":false', '"dryRun":true')
              where id = 2`.execute(db)
    const page = await pageOf(await get('/'))
    expect(textsOf(page, '.figures .figure')).toEqual(['0', '0', '0', '0'])
    expect(textOf(page.querySelector('.panel .quiet'))).toBe('in 0 jobs started today')
    expect(page.querySelectorAll('.needy li')).toEqual([])
  })

  test('names who needs somebody, the newest first, each with its next step', async () => {
    const app = await anApp()
    await aDirtyImport(app)
    const paused = await aJob(app.db, { status: 'paused', label: 'Paused' })
    await aJob(app.db, { status: 'failed', label: 'Failed' })
    await aJob(app.db, { status: 'finished', label: 'Fine' })
    const { id } = await aJob(app.db, { status: 'running', label: 'Limit', claim: 'c' })
    const failure = { reason: 'too_many_rejects', params: { limit: 20 } } as const
    const act = { actor: 'worker-1', claim: 'c', now: NOON }
    await transition(app.db, id, 'fail', { ...act, failure })

    const page = await pageOf(await app.get('/'))
    const steps = page.querySelectorAll('.needy li').map((row) => {
      const step = row.querySelector('.button')
      const form = row.querySelector('form')?.getAttributeValue('action')
      return [
        textOf(row.querySelector('.needy-label')),
        textOf(step),
        step?.getAttributeValue('href') ?? form,
      ]
    })
    expect(steps).toEqual([
      ['Limit', 'Change and run again', `/jobs/${id}/duplicate`],
      ['Failed', 'Start', '/jobs/3/start'],
      ['Paused', 'Start', `/jobs/${paused.id}/start`],
      ['Dirty <people> & "others"', 'Repair 5 rejects', '/jobs/1/rejects/repair'],
    ])
    const spanish = await pageOf(await app.get('/', { 'accept-language': 'es' }))
    expect(textsOf(spanish, '.needy .button')).toEqual([
      'Cambiar y ejecutar de nuevo',
      'Iniciar',
      'Iniciar',
      'Reparar 5 rechazos',
    ])
    expect(textOf(page.querySelector('#today'))).not.toContain('These are the newest')
  })

  test('names those behind many dry runs and cancelled jobs with rejects', async () => {
    const { db, get } = await anApp()
    const { id } = await aJob(db, { status: 'finished' })
    await sql`update tallyman_job set rejects = 1, processed = 1 where id = ${id}`.execute(db)
    for (let count = 0; count < 12; count++) {
      const { id: other } = await aJob(db, { status: count % 2 ? 'finished' : 'cancelled' })
      await sql`update tallyman_job set rejects = 1, processed = 1, dry_run = 1,
                specification = replace(specification, '"dryRun":false', '"dryRun":true')
                where id = ${other}`.execute(db)
    }
    const page = await pageOf(await get('/'))
    const links = page.querySelectorAll('.needy a').map((a) => a.getAttributeValue('href'))
    expect(links).toEqual([`/jobs/${id}`])
    expect(textOf(page.querySelector('#today'))).not.toContain('These are the newest')
  })

  test('names ten, and says where the others are', async () => {
    const { db, get } = await anApp()
    for (let count = 0; count < 11; count++) await aJob(db, { status: 'paused' })
    const page = await pageOf(await get('/'))
    expect(page.querySelectorAll('.needy li')).toHaveLength(10)
    expect(textOf(page.querySelector('#today'))).toContain('These are the newest')
  })

  test('refreshes only where something is new', async () => {
    const { db, get } = await anApp()
    const page = await pageOf(await get('/'))
    const tag = page.querySelector('#today')?.getAttributeValue('hx-ptag') ?? ''
    expect((await get('/today/live', { 'hx-ptag': tag })).status).toBe(304)
    await aJob(db, { status: 'paused' })
    const answer = await get('/today/live', { 'hx-ptag': tag })
    expect(textsOf(await pageOf(answer), '.needy .needy-label')).toEqual(['People'])
    expect(answer.headers.get('hx-ptag')).not.toBe(tag)
  })
})
