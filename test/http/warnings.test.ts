import { expect, test } from 'vitest'
import type { Message } from '../../src/domain/words/messages.ts'
import { commitBatch } from '../../src/engine/lifecycle/batch.ts'
import { aBatch, aReject } from '../support/jobs/a-batch.ts'
import { aJob } from '../support/jobs/a-job.ts'
import { anApp, type TestApp } from '../support/pages/app.ts'
import { attributesOf, pageOf, textOf, textsOf } from '../support/pages/html.ts'

const columnsOf = (columns: string): Message => ({ code: 'TLY-1040', params: { columns } })

/** A job that warns of columns with these names, and of so many records. */
async function aWarningJob({ db }: TestApp, names: string[], ofRecords = 0): Promise<number> {
  const { id, claim } = await aJob(db, { status: 'running' })
  const rejects = Array.from({ length: ofRecords }, (_, index) =>
    aReject({ record: index + 1, type: 'warning', code: 'TLY-3001', connector: 'database' }),
  )
  const given = { journal: names.map(columnsOf), rejects, counters: { warnings: ofRecords } }
  const report = aBatch({ jobId: id, claim: claim ?? '', ...given })
  await db.transaction().execute((trx) => commitBatch(trx, report))
  return id
}

test.each(['', '/live?tab=general', '/report'])(
  'what a job warns of stands on its page (%s), the first ten, with the way to all',
  async (tab) => {
    const app = await anApp()
    const names = Array.from({ length: 12 }, (_, index) => `c${index}`)
    const id = await aWarningJob(app, names, 2)
    const page = await pageOf(await app.get(`/jobs/${id}${tab}`))
    expect(textsOf(page, '#warnings h2')).toEqual(['Warnings'])
    const told = textsOf(page, '#warnings li')
    expect(told).toHaveLength(10)
    expect(told[0]).toMatch(
      /^Columns of the file that fill no field .* left out: c0\. .* TLY-1040$/,
    )
    expect(textsOf(page, '#warnings a')).toEqual(['In the journal: 12', 'About records: 2'])
    const ways = attributesOf(page, 'href')
    expect(ways).toContain(`/jobs/${id}/journal?level=warning`)
    expect(ways).toContain(`/jobs/${id}/rejects?type=warning`)
  },
)

test('the report counts no message about a record that went in as one of a reject', async () => {
  const app = await anApp()
  const id = await aWarningJob(app, [], 2)
  const page = await pageOf(await app.get(`/jobs/${id}/report`))
  expect(textsOf(page, '.report-section').join()).toContain(
    '0 records were rejected. Messages about records: 2.',
  )
})

test('the reader is warned in Spanish', async () => {
  const app = await anApp()
  const id = await aWarningJob(app, ['correo'])
  const page = await pageOf(await app.get(`/jobs/${id}`, { 'accept-language': 'es' }))
  expect(textOf(page.querySelector('#warnings'))).toMatch(
    /^Advertencias ?Columnas del archivo que no rellenan .*: correo\. .*En el diario: 1$/,
  )
})

test('warnings about records alone lead to them', async () => {
  const app = await anApp()
  const page = await pageOf(await app.get(`/jobs/${await aWarningJob(app, [], 3)}`))
  expect(textsOf(page, '#warnings a')).toEqual(['About records: 3'])
})

test('a job that warns of nothing says nothing of warnings', async () => {
  const app = await anApp()
  const page = await pageOf(await app.get(`/jobs/${await aWarningJob(app, [])}`))
  expect(page.querySelector('#warnings')).toBeNull()
})
