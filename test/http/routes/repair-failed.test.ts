import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { deleteJob } from '../../../src/engine/cleanup/delete-job.ts'
import { filesIn } from '../../../src/pipeline/export/result-file.ts'
import { tmpDir } from '../../support/tmp.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { aFaultyImport, repair } from '../../support/jobs/a-repair.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { anApp } from '../../support/pages/app.ts'
import { pageOf, textOf, textsOf } from '../../support/pages/html.ts'

test('a linked job that failed is told wherever its rejects are, with what to do', async () => {
  const app = await anApp()
  const id = await aFaultyImport(app.store)
  const { job } = await repair(app.db, id, { 2: '2,Bo,20', 3: '3,Cy,40' })
  await sql`alter table person rename to people`.execute(app.db)
  await runWaiting(app.store)
  const rejects = `/jobs/${id}/rejects`
  for (const path of [`/jobs/${id}`, rejects, `${rejects}/repair`, `/jobs/${id}/report`]) {
    const page = await pageOf(await app.get(path))
    expect(textOf(page.querySelector('#repair-state')), path).toBe(
      `4 rejected, 2 in repair by job ${job.id}, which failed, 2 open`,
    )
    const note = page.querySelector(`#repair-failed-${job.id}`)
    expect(textOf(note), path).toBe(
      `2 rejects are kept by job ${job.id}, which failed: start it again, or cancel it, so that those which it did not import are open here again.`,
    )
    expect(note?.querySelector('a')?.getAttributeValue('href'), path).toBe(`/jobs/${job.id}`)
  }
  const list = await pageOf(await app.get('/jobs'))
  expect(textOf(list.querySelector(`#job-${id} .status-badge`))).toContain(
    `4 rejects (80.0%), 2 in repair by job ${job.id}, which failed, 2 open`,
  )
  await repair(app.db, id, { 4: '4,Dora,4', 5: '5,Eva,5' })
  const waiting = await pageOf(await app.get('/jobs'))
  expect(textsOf(waiting, `#job-${id} .chip-rejects`)).toEqual([
    `4 rejects (80.0%), 2 in repair by job ${job.id + 1}, 2 in repair by job ${job.id}, which failed, 0 open`,
  ])
  await transition(app.db, job.id + 1, 'cancel', { now: NOON, actor: OPERATOR })
  const record = await pageOf(await app.get(`${rejects}/2`))
  expect(textOf(record.querySelector('#record-state'))).toBe(
    `This record is in repair by job ${job.id}, which failed`,
  )
  await transition(app.db, job.id, 'cancel', { now: NOON, actor: OPERATOR })
  const page = await pageOf(await app.get(`${rejects}/repair`))
  expect(textOf(page.querySelector('#repair-state'))).toBe('4 rejected, 4 open')
  expect(page.querySelector(`#repair-failed-${job.id}`)).toBeNull()
})

test('what a linked job rejects once the first is deleted is not said to be open there', async () => {
  const app = await anApp()
  const id = await aFaultyImport(app.store)
  const { job } = await repair(app.db, id, { 2: '2,Bo,many', 3: '3,Cy,40' })
  const state = async () =>
    textOf((await pageOf(await app.get(`/jobs/${job.id}`))).querySelector('.repair-state'))
  expect(await state()).toBe(`Its records are corrected rejects of job ${id}`)
  await deleteJob(app.db, id, { now: NOON, actor: OPERATOR, files: filesIn(tmpDir()) })
  await runWaiting(app.store)
  expect(await state()).toBe(
    `Its records are corrected rejects of job ${id}, which is deleted; 1 was rejected again: to repair it, export the rejects, correct the file and import it`,
  )
  const page = await pageOf(await app.get(`/jobs/${job.id}/rejects/repair`), 409)
  expect(textOf(page.querySelector('main .notice-error'))).toBe(
    `Job ${job.id} imports corrected rejects of job ${id}; what it rejected is open again there: repair it in job ${id}. Where that one is deleted, export the rejects, correct the file and import it.`,
  )
})
