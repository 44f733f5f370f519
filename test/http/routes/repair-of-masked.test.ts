import { appendFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { openRejectsOf } from '../../../src/domain/jobs/job.ts'
import { fieldOptions } from '../../../src/domain/specification/fields/field-options.ts'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { aFaultyImport } from '../../support/jobs/a-repair.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { expectAgreement } from '../../support/jobs/verified.ts'
import { anApp, OWN, type TestApp } from '../../support/pages/app.ts'
import { pageOf, textOf } from '../../support/pages/html.ts'

const SENSITIVE = { name: fieldOptions.parse({ sensitive: true }) }
const AGE = { code: 'TLY-3001', field: 'age' }
const TEXT = 'id,name,age\n1,Ana,31\n2,Bo,many\n3,Carla,x\n4,,7\n'
const GONE = /Its sensitive values were not kept, and its source is gone or changed/

const pathOf = (id: number, given?: Record<string, string>) =>
  `/jobs/${id}/rejects/repair${given === undefined ? '' : `?${new URLSearchParams(given)}`}`

async function importOf(app: TestApp, id: number, form: Record<string, string>) {
  const page = await pageOf(await app.get(pathOf(id, form)))
  const checked = page.querySelector('input[name="checked"]')?.getAttributeValue('value') ?? ''
  const answer = await app.post(pathOf(id), Object.entries({ ...form, checked, act: 'import' }))
  await runWaiting(app.store)
  return answer
}

async function peopleIn({ db }: TestApp) {
  const { rows } = await sql<{ id: number; name: string; age: number }>`
    select id, name, age from person order by id`.execute(db)
  return rows.map(({ id, name, age }) => [id, name, age].join(' '))
}

/** All that is stored about rejects, as text. */
async function storedIn({ db }: TestApp): Promise<string> {
  const tables = ['tallyman_reject', 'tallyman_repair', 'tallyman_correction'] as const
  const raws = await Promise.all(
    tables.map((table) => db.selectFrom(table).select('raw').execute()),
  )
  const journal = await db.selectFrom('tallyman_journal').selectAll().execute()
  return `${raws
    .flat()
    .map(({ raw }) => raw?.toString())
    .join('\n')}${JSON.stringify(journal)}`
}

describe('the repair of a job with sensitive fields', () => {
  test.each([
    ['a file', (text: string) => Buffer.from(text)],
    ['a compressed file', (text: string) => gzipSync(text)],
  ])('imports what was corrected in the page with the values of %s', async (_what, packed) => {
    const app = await anApp()
    const id = await aFaultyImport(app.store, { fields: SENSITIVE }, packed(TEXT))
    const rule = { ...AGE, rule: 'replace', find: 'many', by: '20' }
    const page = await pageOf(await app.get(pathOf(id, rule)))
    expect(textOf(page.querySelector('#repair-masked'))).toMatch(/only masks were kept/)
    expect(textOf(page.querySelector('#repair-fitting'))).toContain('1 of 2 now fit')
    const rows = textOf(page.querySelector('.repair-table tbody'))
    expect(rows).toContain('***')
    expect(rows).not.toMatch(/Bo|Carla/)
    await app.post(
      pathOf(id),
      Object.entries({ ...AGE, act: 'check', 'v.3.2': '30', 'v.3.1': 'Eve' }),
    )
    await importOf(app, id, rule)
    expect(await peopleIn(app)).toEqual(['1 Ana 31', '2 Bo 20', '3 Carla 30'])
    expect(await storedIn(app)).not.toMatch(/Bo|Carla|Eve/)
    expect(openRejectsOf(await requireJob(app.db, id))).toBe(1)
    await expectAgreement(app.store)
  })

  test('says where the source is another by now, and imports no mask', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store, { fields: SENSITIVE }, TEXT)
    const { specification } = await requireJob(app.db, id)
    appendFileSync(specification.path, '5,Di,5\n')
    const rule = { ...AGE, rule: 'fixed', value: '20' }
    const page = await pageOf(await app.get(pathOf(id, rule)))
    expect(textOf(page.querySelector('#repair-fitting'))).toContain('0 of 2 now fit')
    expect(textOf(page.querySelector('#problem-2'))).toMatch(GONE)
    writeFileSync(specification.path, '')
    expect((await importOf(app, id, rule)).status).toBe(422)
    expect(await peopleIn(app)).toEqual(['1 Ana 31'])
  })

  test('leads to the file where the fault is in a sensitive field', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store, { fields: SENSITIVE }, TEXT)
    const page = await pageOf(await app.get(pathOf(id, { code: 'TLY-3002', field: 'name' })))
    expect(textOf(page.querySelector('#repair-masked'))).toMatch(/put the real values in/)
    expect(page.querySelector('.repair-rule')).toBeNull()
    expect(page.querySelectorAll('.repair-table input[type="text"]')).toHaveLength(0)
    const overview = await pageOf(await app.get(pathOf(id)))
    expect(overview.querySelector('#corrected-file')).not.toBeNull()
  })

  test('shows the real values of a corrected file as masks as well', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store, { fields: SENSITIVE }, TEXT)
    const rejects = await (await app.get(`/jobs/${id}/rejects/export`)).text()
    const body = new FormData()
    body.set('file', new File([rejects.replace('4,,7', '4,Dolores,7')], 'corrected.csv'))
    const answer = await app.ask(`${pathOf(id)}/file`, {
      method: 'POST',
      headers: OWN,
      body,
    })
    const shown = await (await app.get(answer.headers.get('location') ?? '')).text()
    expect(shown).toContain('1 of 3 now fit')
    expect(shown).not.toContain('Dolores')
  })

  test('of a corrected file keeps nothing that does not fit, and does not say that it replaces something', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store, { fields: SENSITIVE }, TEXT)
    const rejects = await (await app.get(`/jobs/${id}/rejects/export`)).text()
    await app.post(pathOf(id), Object.entries({ ...AGE, act: 'check', 'v.2.2': '20' }))
    const body = new FormData()
    body.set('file', new File([rejects.replace('many', 'none')], 'corrected.csv'))
    const sent = await app.ask(`${pathOf(id)}/file`, { method: 'POST', headers: OWN, body })
    const page = await pageOf(await app.get(sent.headers.get('location') ?? ''))
    expect(textOf(page.querySelector('#repair-fitting'))).toContain('3 do not fit yet')
    expect(page.querySelector('#repair-replaced')).toBeNull()
  })

  test('says that records which could not be read come whole from the corrected file', async () => {
    const app = await anApp()
    const text = '{"id":1,"name":"Ana","age":31}\n{"id":2,"name":"A","name":"B"}\n'
    const given = { format: 'json_lines' as const, fields: SENSITIVE }
    const id = await aFaultyImport(app.store, given, text)
    const page = await pageOf(await app.get(pathOf(id, { code: 'TLY-2032', field: '' })))
    const note = page.querySelector('#repair-masked')
    expect(textOf(note)).toMatch(/export them, write each as a whole/)
    expect(textOf(note)).not.toMatch(/come from the source/)
    expect(note?.querySelector('a')?.getAttributeValue('href')).toBe(`${pathOf(id)}#by-file-title`)
    const overview = await pageOf(await app.get(pathOf(id)))
    expect(overview.querySelector('#by-file-title')).not.toBeNull()
    const rejects = await (await app.get(`/jobs/${id}/rejects/export`)).text()
    expect(JSON.parse(rejects)).toMatchObject({ reject_raw: '***', reject_line: 2 })
  })

  test('of JSON Lines keeps the types of the values that were masked', async () => {
    const app = await anApp()
    const lines = [
      '{"id":1,"name":"Ana","age":31}',
      '{"id":2,"name":null,"age":20}',
      '{"id":3,"name":"Cy","age":"x","more":{"secret":"hush"}}',
    ]
    const fields = { age: fieldOptions.parse({ sensitive: true }) }
    const given = { format: 'json_lines' as const, fields }
    const id = await aFaultyImport(app.store, given, `${lines.join('\n')}\n`)
    const form = { code: 'TLY-3002', field: 'name' }
    await app.post(pathOf(id), Object.entries({ ...form, act: 'check', 'v.2.1': 'Bo' }))
    await importOf(app, id, form)
    expect(await peopleIn(app)).toEqual(['1 Ana 31', '2 Bo 20'])
    await expectAgreement(app.store)
  })
})
