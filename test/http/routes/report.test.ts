import { expect, test } from 'vitest'
import type { Db } from '../../../src/db/store.ts'
import { commitBatch, type BatchReport } from '../../../src/engine/lifecycle/batch.ts'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { aBatch, aReject } from '../../support/jobs/a-batch.ts'
import { aFaultyImport, repair } from '../../support/jobs/a-repair.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { after, aJob, OPERATOR, WORKER } from '../../support/jobs/a-job.ts'
import { anImportedFile } from '../../support/pipeline/an-imported-file.ts'
import { anApp } from '../../support/pages/app.ts'
import { pageOf, parse, textOf, textsOf } from '../../support/pages/html.ts'

async function aReportedJob(db: Db, batch: Partial<BatchReport> = {}): Promise<number> {
  const { id, claim } = await aJob(db, { status: 'running', label: '<b>People</b>' })
  const report = aBatch({ jobId: id, claim: claim ?? '', total: 10, ...batch })
  await db.transaction().execute((trx) => commitBatch(trx, report))
  return id
}

test('tells which job it is, how it stands, and who printed it, when and in which zone', async () => {
  const { db, get } = await anApp()
  const id = await aReportedJob(db)
  const page = await pageOf(await get(`/jobs/${id}/report`))
  expect(textsOf(page, '.report h1')).toEqual(['<b>People</b>'])
  expect(textsOf(page, '.report-facts dd')).toEqual([
    String(id),
    'Execution in progress',
    'Import',
    'person',
    'people.csv',
    `Jan 31, 2026, 12:05:00 PM (UTC), by ${OPERATOR}`,
  ])
  expect(textOf(page.querySelector('.report-remark'))).toContain('was in motion')
})

test('says the tally, that it balances, and what the job was told to do', async () => {
  const { db, get } = await anApp()
  const id = await aReportedJob(db)
  const page = await pageOf(await get(`/jobs/${id}/report`, { 'accept-language': 'es' }))
  expect(textOf(page.querySelector('.ledger tfoot'))).toBe('10registros del archivo')
  expect(textOf(page.querySelector('.tally-verdict'))).toContain('cuadra')
  const facts = textsOf(page, '.facts dl > div')
  expect(facts).toContain('Operacióninsertar')
  // Without a key no record is known again.
  expect(facts).toContain('Claveninguna')
  expect(facts.join()).not.toMatch(/Dobles en el archivo|Duplicados en la base/)
  expect(facts).toContain('Delimitadorsegún el archivo')
})

test('names the reason for which a job failed', async () => {
  const { db, get } = await anApp()
  const { id, claim } = await aJob(db, { status: 'running' })
  const failure = { reason: 'too_many_rejects', params: { limit: 1_000 } } as const
  await transition(db, id, 'fail', { actor: WORKER, now: after(1), claim: claim ?? '', failure })
  const page = await pageOf(await get(`/jobs/${id}/report`))
  expect(textOf(page.querySelector('.report-failure'))).toBe(
    'Failure reason: The limit of this job is reached: 1,000 rejects. TLY-9008',
  )
  const general = textsOf(await pageOf(await get(`/jobs/${id}`)), '.facts dl > div')
  expect(general).toContain('Failure reasonThe limit of this job is reached: 1,000 rejects.')
  expect(general).toContain(`Worker${WORKER}`)
})

test('draws the records, and says what it drew to those who do not see it', async () => {
  const { db, get } = await anApp()
  const id = await aReportedJob(db)
  const html = await (await get(`/jobs/${id}/report`)).text()
  const page = parse(html)
  expect(textOf(page.querySelector('#chart-title'))).toBe('Records over running time')
  expect(textOf(page.querySelector('#chart-description'))).toContain('10 records were processed')
  const names = [...html.matchAll(/<text class="chart-name"[^>]*>([^<]*)</g)]
  expect(names.map(([, name]) => name)).toEqual(['Processed 10', 'Rejects 0'])
  expect(html).not.toContain('style=')
})

test.each([
  ['en', 'The job ran for 0.3 s, which is too short for a chart.', ['Name', 'Date', 'Signature']],
  ['es', 'El trabajo se ejecutó durante 0,3 s, demasiado poco', ['Nombre', 'Fecha', 'Firma']],
])('draws nothing of a run with one point, and leaves room to sign: %s', async (...given) => {
  const [language, words, blanks] = given
  const { db, get } = await anApp()
  const id = await aReportedJob(db, { ranMs: 200 })
  const { claim } = await requireJob(db, id)
  const end = { actor: WORKER, claim: claim ?? '', now: after(11), ranMs: 300 }
  await transition(db, id, 'finish', end)
  const page = await pageOf(await get(`/jobs/${id}/report`, { 'accept-language': language }))
  expect(page.querySelector('.chart')).toBeNull()
  expect(textOf(page.querySelector('.report-chart'))).toContain(words)
  expect(textsOf(page, '.report-signature p')).toEqual(blanks)
})

test.each([
  ['en', ['2', 'Error TLY-3001', 'age'], 'The value "many" does not fit the type integer', 'many'],
  ['es', ['2', 'Error TLY-3001', 'age'], 'El valor «many» no corresponde al tipo entero', 'many'],
])('counts the reasons before it shows examples: %s', async (...given) => {
  const [language, cells, message, example] = given
  const app = await anApp()
  const id = await anImportedFile(app, 'id,name,age\n1,"A"n,1\n2,Bo,many\n3,Cy,old\n')
  const page = await pageOf(await app.get(`/jobs/${id}/report`, { 'accept-language': language }))
  expect(page.querySelectorAll('.report-reasons tbody tr')).toHaveLength(2)
  const first = textsOf(page, '.report-reasons tbody tr:first-child td')
  expect(first.slice(0, 3)).toEqual(cells)
  expect(first[3]).toContain(message)
  expect(first[4]).toBe(example)
  const tables = page.querySelectorAll('.report table')
  const reasons = tables.findIndex((table) =>
    /report-reasons/.test(table.getAttributeValue('class') ?? ''),
  )
  const examples = tables.findIndex((table) => table.textContent.includes(example))
  expect(reasons).toBeLessThanOrEqual(examples)
})

test.each([
  ['en', '2 records would be rejected. Messages about records: 2.'],
  ['es', 'Se rechazarían 2 registros. Mensajes sobre registros: 2.'],
])('says of a dry run what would be rejected, and not that it was: %s', async (language, words) => {
  const app = await anApp()
  const id = await anImportedFile(app, 'id,name,age\n1,A,1\n2,Bo,many\n3,Cy,old\n', {
    dryRun: true,
  })
  const page = await pageOf(await app.get(`/jobs/${id}/report`, { 'accept-language': language }))
  expect(textsOf(page, '.report-section > p')).toContain(words)
})

test('says what the job was told to do before anything that came of it', async () => {
  const { db, get } = await anApp()
  const html = await (await get(`/jobs/${await aReportedJob(db)}/report`)).text()
  expect(html.indexOf('>Specification<')).toBeLessThan(html.indexOf('>Tally<'))
})

test('shows each line of a record as a line, so that a mark can tell where one was broken', async () => {
  const { db, get } = await anApp()
  const raw = Buffer.from('1,"two\nlines"')
  const id = await aReportedJob(db, { rejects: [aReject({ raw })] })
  const page = await pageOf(await get(`/jobs/${id}/report`))
  expect(textsOf(page, '.raw-line')).toEqual(['1,"two⟨LF⟩', 'lines"'])
})

test('says so where there is nothing to draw and nothing was rejected', async () => {
  const { db, get } = await anApp()
  const { id } = await aJob(db)
  const page = await pageOf(await get(`/jobs/${id}/report`))
  expect(page.querySelector('.chart')).toBeNull()
  const sections = textsOf(page, '.report-section')
  expect(sections.join()).toContain('nothing to draw')
  expect(sections.join()).toContain('No record was rejected.')
})

test('cuts a long journal in its middle, and says how much and where all of it is', async () => {
  const { db, get } = await anApp({ basePath: '/tally' })
  const journal = Array.from({ length: 1_500 }, (_, at) => ({
    code: 'TLY-1017' as const,
    params: { record: at + 1, outcome: 'inserted' },
  }))
  const id = await aReportedJob(db, { journal })
  const page = await pageOf(await get(`/tally/jobs/${id}/report`))
  expect(page.querySelectorAll('.report-journal tbody tr')).toHaveLength(201)
  // Beside the traces, three entries: made, started, taken by a worker.
  expect(textOf(page.querySelector('.report-journal .left-out'))).toBe(
    `1,303 entries are left out here. The whole journal is at /tally/jobs/${id}/journal.`,
  )
})

test('shows the first rejects of each kind as they came, whatever bytes they are of', async () => {
  const { db, get } = await anApp()
  const hostile = aReject({ record: 1, raw: Buffer.from('a\x00"<script>', 'latin1') })
  const long = aReject({ record: 2, code: 'TLY-2006', raw: Buffer.alloc(1_000, 'é') })
  const many = [3, 4, 5, 6].map((record) => aReject({ record, code: 'TLY-3002', field: 'name' }))
  const id = await aReportedJob(db, { rejects: [hostile, long, ...many] })

  const page = await pageOf(await get(`/jobs/${id}/report`))
  const kinds = textsOf(page, '.reject-kind th')
  expect(kinds[0]).toContain('TLY-3002, field name. Messages: 4; the first 3 of 4 are shown')
  const records = textsOf(page, '.reject-kind .raw-lines')
  expect(records).toHaveLength(5)
  expect(records).toContain('a⟨NUL⟩"<script>')
  expect(records).toContain(`${'é'.repeat(120)} …`)
})

test('of a job that is not there, is not there', async () => {
  const { get } = await anApp()
  expect((await get('/jobs/77/report')).status).toBe(404)
})

test('says in Spanish too what became of the rejects, and of a linked job what it repairs', async () => {
  const app = await anApp()
  const id = await aFaultyImport(app.store)
  const { job } = await repair(app.db, id, { 2: '2,Bo,20', 3: '3,Cy,40' })
  await runWaiting(app.store)
  const aside = {
    code: 'TLY-3001',
    field: 'age',
    act: 'set_aside',
    'pick.5': 'yes',
    reason: 'Prueba',
  }
  await app.post(`/jobs/${id}/rejects/repair`, Object.entries(aside))
  const inSpanish = { 'accept-language': 'es' }
  const report = await pageOf(await app.get(`/jobs/${id}/report`, inSpanish))
  expect(textOf(report.querySelector('#repair-state'))).toBe(
    `4 rechazados, 2 reparados por el trabajo ${job.id}, 1 apartado, 1 pendiente`,
  )
  // The tally stays that of the first run.
  expect(textOf(report.querySelector('.tally-verdict'))).toContain('cuadra')
  const linked = await pageOf(await app.get(`/jobs/${job.id}/report`, inSpanish))
  expect(textOf(linked.querySelector('.repair-state'))).toBe(
    `Sus registros son rechazos corregidos del trabajo ${id}`,
  )
  for (const page of [report, linked]) {
    expect(textOf(page.querySelector('.report'))).not.toMatch(
      /\b(?:repaired|rejected|set aside)\b/i,
    )
  }
})
