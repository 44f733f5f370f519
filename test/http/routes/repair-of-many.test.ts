import { expect, test } from 'vitest'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { repairsOf } from '../../../src/engine/repair/repairs-of.ts'
import { deleteJob } from '../../../src/engine/cleanup/delete-job.ts'
import { filesIn } from '../../../src/pipeline/export/result-file.ts'
import { NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { tmpDir } from '../../support/tmp.ts'
import { aFaultyImport, repair } from '../../support/jobs/a-repair.ts'
import { aStore } from '../../support/a-store.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { expectAgreement } from '../../support/jobs/verified.ts'
import { anApp, type TestApp } from '../../support/pages/app.ts'
import { pageOf, textOf } from '../../support/pages/html.ts'

const AGE = { code: 'TLY-3001', field: 'age' }
const pathOf = (id: number, given: Record<string, string> = AGE) =>
  `/jobs/${id}/rejects/repair?${new URLSearchParams(given)}`

/** An import of which each record is rejected for the same reason, and a console that counts. */
async function manyRejects(count: number) {
  const { store } = await aStore()
  const records = Array.from({ length: count }, (_, at) => `${at + 1},P,many`)
  const text = `id,name,age\n${records.join('\n')}\n`
  const id = await aFaultyImport(store, { stopIfAllRejected: false }, text)
  const seen = { statements: 0, rows: 0 }
  const db = store.db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult({ result }) {
      seen.statements++
      seen.rows += result.rows.length
      return Promise.resolve(result)
    },
  })
  const app = await anApp({}, {}, { store: { ...store, db } })
  return { app, store, id, seen }
}

async function send(app: TestApp, id: number, form: Record<string, string>) {
  return await app.post(`/jobs/${id}/rejects/repair`, Object.entries({ ...AGE, ...form }))
}

test('the page of a reason reads and checks the same, however many records are open', async () => {
  const figures = []
  for (const count of [60, 400]) {
    const { app, id, seen } = await manyRejects(count)
    const page = await pageOf(await app.get(pathOf(id)))
    expect(page.querySelectorAll('.repair-table tbody tr')).toHaveLength(50)
    figures.push({ ...seen })
  }
  expect(figures[1]).toEqual(figures[0])
})

test('without a rule, what is shown or corrected is counted and imported, and all on request', async () => {
  const { app, store, id } = await manyRejects(60)
  await send(app, id, { 'v.2.2': '22', act: 'check' })
  const second = await pageOf(await app.get(pathOf(id, { ...AGE, after: '50' })))
  expect(textOf(second.querySelector('#repair-fitting'))).toContain(
    '1 of the 11 that are shown or corrected now fit',
  )
  expect(textOf(second.querySelector('#button-check-all'))).toBe('Check all 60')
  const all = await send(app, id, { after: '50', act: 'check_all' })
  const page = await pageOf(await app.get(all.headers.get('location') ?? ''))
  expect(textOf(page.querySelector('#repair-fitting'))).toContain('1 of 60 now fit')
  expect(textOf(page.querySelector('#repair-fitting'))).toContain('59 are left to do by hand')

  const checked = second.querySelector('input[name="checked"]')?.getAttributeValue('value') ?? ''
  await send(app, id, { after: '50', last: '60', checked, act: 'import' })
  await runWaiting(store)
  expect(
    await store.db.selectFrom('tallyman_repair').select(['record', 'status']).execute(),
  ).toEqual([{ record: 2, status: 'repaired' }])
  await expectAgreement(store)
})

test('the figures of many linked jobs add up, with those that are not over told one by one', async () => {
  const { app, store, id } = await manyRejects(30)
  const first = await repair(store.db, id, { 1: '1,P,1' })
  await runWaiting(store)
  for (let at = 2; at < 24; at++) await repair(store.db, id, { [at]: `${at},P,1` })
  const told = async (path = '') =>
    textOf((await pageOf(await app.get(`/jobs/${id}${path}`))).querySelector('#repair-state'))
  // Nothing of those that wait is summed up.
  expect(await told()).toMatch(/in repair by job 3 \(Start pending\), 1 repaired by job 2, 7 open$/)
  await runWaiting(store)
  for (const path of ['', '/report', '/rejects/repair']) {
    expect(await told(path)).toMatch(
      /^30 rejected, 1 repaired by job 24, .*, 1 repaired by job 5, 3 repaired by 3 more jobs, 7 open$/,
    )
  }
  const { linked } = await repairsOf(store.db, await requireJob(store.db, id))
  expect(linked).toHaveLength(23)
  expect(linked.at(-1)?.job).toBe(first.job.id)

  await deleteJob(store.db, first.job.id, {
    actor: OPERATOR,
    now: NOON,
    files: filesIn(tmpDir()),
  })
  expect(await told()).toContain('3 repaired by 3 more jobs, 7 open')
  const record = await pageOf(await app.get(`/jobs/${id}/rejects/1`))
  expect(textOf(record.querySelector('#record-state'))).toBe(
    `This record is repaired by job ${first.job.id}, which is deleted`,
  )
})
