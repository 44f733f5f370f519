import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { openRejectsOf } from '../../../src/domain/jobs/job.ts'
import { fieldOptions } from '../../../src/domain/specification/fields/field-options.ts'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { aFaultyImport, repair } from '../../support/jobs/a-repair.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { expectAgreement } from '../../support/jobs/verified.ts'
import { anApp, OWN, type TestApp } from '../../support/pages/app.ts'
import { pageOf, textOf, textsOf } from '../../support/pages/html.ts'

type Content = string | Uint8Array<ArrayBuffer>

async function send({ ask }: TestApp, id: number, content: Content, name = 'rejects.csv') {
  const body = new FormData()
  body.append('file', new Blob([content]), name)
  return await ask(`/jobs/${id}/rejects/repair/file`, { method: 'POST', headers: OWN, body })
}

async function exported({ get }: TestApp, id: number): Promise<string> {
  return await (await get(`/jobs/${id}/rejects/export`)).text()
}

/** The address of a file that was taken. */
async function taken(app: TestApp, id: number, content: Content): Promise<string> {
  const answer = await send(app, id, content)
  expect(answer.status).toBe(303)
  return answer.headers.get('location') ?? ''
}

async function refusal(answer: Response, status: number): Promise<string> {
  return textOf((await pageOf(answer, status)).querySelector('main .notice-error'))
}

const files = async ({ db }: TestApp) =>
  await db.selectFrom('tallyman_file').select('id').where('unused_since', '<>', '').execute()
const people = async ({ db }: TestApp) =>
  (await sql`select id, name, age from person order by id`.execute(db)).rows

describe('a corrected reject file', () => {
  test('tells the columns that it changes besides what was at fault', async () => {
    const app = await anApp()
    const text = 'id,name,age\n1,Muñoz,x\n2,Peña,x\n3,Bo,x\n4,,x\n'
    const id = await aFaultyImport(app.store, {}, text)
    const saved = (await exported(app, id))
      .replace(/,x,/g, ',30,')
      .replace('Muñoz', 'Mu–oz')
      .replace('Peña', 'Pe–a')
      .replace('4,,', '4,Eva,')
    const page = await pageOf(await app.get(await taken(app, id, saved)))
    expect(textOf(page.querySelector('#repair-fitting'))).toContain('4 of 4 now fit')
    expect(textsOf(page, '#repair-besides li')).toEqual([
      'Besides what was at fault, the file changes name in 2 records, as in record 1: from "Muñoz" to "Mu–oz".',
    ])
    const own = (await exported(app, id)).replace(/,x,/g, ',30,')
    const unchanged = await pageOf(await app.get(await taken(app, id, own)))
    expect(unchanged.querySelector('#repair-besides')).toBeNull()
  })

  test('tells nothing of sensitive values that it changes', async () => {
    const app = await anApp()
    const fields = { name: fieldOptions.parse({ sensitive: true }) }
    const id = await aFaultyImport(app.store, { fields }, 'id,name,age\n1,Ana,x\n')
    const saved = (await exported(app, id)).replace(',***,x,', ',Berta,30,')
    const answer = await app.get(await taken(app, id, saved))
    expect(await answer.clone().text()).not.toContain('Berta')
    expect((await pageOf(answer)).querySelector('#repair-besides')).toBeNull()
  })

  test('shows what fits before anything is imported, and is imported as far as it fits', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    const text = (await exported(app, id))
      .replace('2,Bo,many', '2,Bo,20')
      .replace('3,,40', '3,Carla,40')
      .replace('5,Eva,x', '5,Eva,y')
    const url = await taken(app, id, text)
    const page = await pageOf(await app.get(url))
    expect(textOf(page.querySelector('#repair-fitting'))).toBe(
      '2 of 4 now fit 2 do not fit yet: they stay open, as corrected in the file',
    )
    expect(textsOf(page, '.repair-table tbody tr')).toEqual([
      '54Dora-1age: A rule of the table does not allow the record: age >= 0.',
      '65Evax yage: The value "y" does not fit the type integer; it takes a whole number such as 42.',
      '32Bomany 20 fits',
      '43empty Carla40 fits',
    ])
    expect(await people(app)).toHaveLength(1)

    const form: [string, string][] = [
      ['act', 'import'],
      ['once', 'a'],
    ]
    const twice = await Promise.all([app.post(url, form), app.post(url, form)])
    expect(twice.map(({ headers }) => headers.get('location'))).toEqual(
      Array(2).fill(`/jobs/${id + 1}`),
    )
    await runWaiting(app.store)
    expect(await people(app)).toMatchObject([
      { id: 1 },
      { id: 2, age: 20 },
      { id: 3, name: 'Carla' },
    ])
    expect(openRejectsOf(await requireJob(app.db, id))).toBe(2)
    const reason = await pageOf(await app.get(`/jobs/${id}/rejects/repair?code=TLY-3001&field=age`))
    expect(textOf(reason.querySelector('#record-5'))).toContain('in the file: x')
    expect(await files(app)).toEqual([])
    await expectAgreement(app.store)
  })

  test('is shown once more where fewer of it fit by now than the page said', async () => {
    const app = await anApp()
    await sql`create table person (id integer primary key, name text not null unique, age integer)`.execute(
      app.db,
    )
    const id = await aFaultyImport(app.store)
    const text = (await exported(app, id)).replace('many', '20').replace('5,Eva,x', '5,Eva,5')
    const url = await taken(app, id, text)
    const shown = await pageOf(await app.get(url))
    const checked = shown.querySelector('input[name="checked"]')?.getAttributeValue('value') ?? ''
    await sql`insert into person (id, name) values (90, 'Eva')`.execute(app.db)
    const form: [string, string][] = [
      ['act', 'import'],
      ['checked', checked],
    ]
    const page = await pageOf(await app.post(url, form), 422)
    expect(textOf(page.querySelector('main .notice-error'))).toMatch(/other records fit now/)
    expect(textOf(page.querySelector('#repair-fitting'))).toContain('1 of 3 now fit')
    expect(await app.db.selectFrom('tallyman_job').select('id').execute()).toHaveLength(1)
  })

  test('can be kept and gone on with in the page', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    const url = await taken(app, id, (await exported(app, id)).replace('many', '20'))
    const answer = await app.post(url, [['act', 'save']])
    expect(answer.headers.get('location')).toBe(`/jobs/${id}/rejects/repair`)
    const page = await pageOf(await app.get(`/jobs/${id}/rejects/repair?code=TLY-3001&field=age`))
    expect(textOf(page.querySelector('#repair-fitting'))).toContain('1 of 2 now fit')
    expect(await app.db.selectFrom('tallyman_job').select('id').execute()).toHaveLength(1)
  })

  test('leaves out what is repaired already, of another file, or cannot be read, and says so', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    const text = (await exported(app, id)).replace('many', '20').replace('5,Eva,x', '55,Eva,5')
    await repair(app.db, id, { 4: '4,Dora,44' })
    await runWaiting(app.store)
    const url = await taken(app, id, `${text}6,Fe,6,,,,,,\n`)
    const page = await pageOf(await app.get(url))
    expect(textOf(page.querySelector('#repair-fitting'))).toContain('1 of 2 now fit')
    expect(textsOf(page, '#repair-left-out li')).toEqual([
      '1 record of the file is repaired or set aside already, and left out.',
      '1 record of the file is no reject of this job, and left out: the line, reason or key is another.',
      '1 record of the file cannot be read, or does not say which reject it is, and is left out.',
    ])
    await app.post(url, [['act', 'import']])
    await runWaiting(app.store)
    expect(await people(app)).toHaveLength(3)
    await expectAgreement(app.store)
  })

  test('is understood whatever the dialect of its source', async () => {
    const app = await anApp()
    const csv = '2;Bo;many\n3;Íñigo;7\n'
    const files: [string | Buffer, Parameters<typeof aFaultyImport>[1]][] = [
      [csv, { header: false, delimiter: ';' }],
      [csv, { columns: ['id', 'name', 'age'], delimiter: ';' }],
      ['id;name;age;;\n2;Bo;many;;\n3;Íñigo;7;;\n', {}],
      ['a title\n\nid;name;age\n2;Bo;many\n3;Íñigo;7\nthe end\n', { skip: 2, skipLast: 1 }],
      [Buffer.from(`Id;NAME;Age\n${csv}`, 'latin1'), { encoding: 'windows-1252' }],
      [
        '{"name":"Bo","id":2,"age":"many"}\n{"id":3,"name":"Íñigo","age":7}\n',
        { format: 'json_lines' },
      ],
    ]
    for (const [text, given] of files) {
      await sql`drop table if exists person`.execute(app.db)
      const id = await aFaultyImport(app.store, given, text)
      const answer = await app.get(`/jobs/${id}/rejects/export`)
      const bytes = Buffer.from(await answer.arrayBuffer()).toString('latin1')
      const url = await taken(
        app,
        id,
        Uint8Array.from(Buffer.from(bytes.replace('many', '20'), 'latin1')),
      )
      const page = await pageOf(await app.get(url))
      expect([text, textOf(page.querySelector('#repair-fitting'))]).toEqual([
        text,
        '1 of 1 now fit',
      ])
      await app.post(url, [['act', 'import']])
      await runWaiting(app.store)
      expect(await people(app)).toEqual([
        { id: 2, name: 'Bo', age: 20 },
        { id: 3, name: 'Íñigo', age: 7 },
      ])
    }
    await expectAgreement(app.store)
  })

  test('may be one that a linked job exported of what it rejected again', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    const { job } = await repair(app.db, id, { 2: '2,Bo,-20' })
    await runWaiting(app.store)
    const url = await taken(app, id, (await exported(app, job.id)).replace('-20', '20'))
    const page = await pageOf(await app.get(url))
    expect(textOf(page.querySelector('#repair-fitting'))).toBe('1 of 1 now fit')
  })

  test('is refused in a sentence where it is none of this job, and is not kept', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    const mine = await exported(app, id)
    const other = await aFaultyImport(app.store, {}, 'id,name,age\n11,Al,1\n12,Bo,many\n13,Cy,x\n')
    const theirs = await exported(app, other)
    const binary = new Uint8Array(3_000).map((_, at) => (at * 7919) % 256)
    const cases: [Content, number, RegExp][] = [
      ['id,name,age\n2,Bo,20\n', 422, /does not end in the columns reject_line/],
      [theirs, 422, /has no rejects of job 1: their lines, reasons or keys are others/],
      [
        mine.replace('id,name', 'name,id'),
        422,
        /has the columns name, id, age, and .* id, name, age/,
      ],
      [`${mine}${mine.split('\n')[1]}\n`, 422, /has record 2 twice/],
      [mine.split('\n')[0] ?? '', 422, /has no record that can be read/],
      [binary, 422, /^The file rejects.csv is not text/],
      ['', 422, /^The file rejects.csv does not end in the columns/],
    ]
    for (const [content, status, sentence] of cases) {
      const told = await refusal(await send(app, id, content), status)
      expect(told).toMatch(sentence)
      expect(told).not.toContain('stored:')
    }
    expect(await refusal(await app.ask(`/jobs/${id}/rejects/repair/file`, empty()), 422)).toBe(
      'No file was chosen; choose one and upload it.',
    )
    expect(await files(app)).toEqual([])
    expect(await people(app)).toHaveLength(2)
  })

  test('is refused where all of it is repaired meanwhile, before and after it was shown', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    const text = (await exported(app, id)).replace('many', '20').replace('Eva,x', 'Eva,5')
    const url = await taken(app, id, text)
    await repair(app.db, id, { 2: '2,Bo,2', 3: '3,C,3', 4: '4,D,4', 5: '5,Eva,5' })
    const late = await refusal(await app.post(url, [['act', 'import']]), 409)
    expect(late).toMatch(/repaired or set aside already, so nothing was imported/)
    expect(await refusal(await send(app, id, text), 409)).toBe(late)
    await runWaiting(app.store)
    expect(await people(app)).toHaveLength(5)
  })

  test('of two who import the same at once, the second is told what is open by then', async () => {
    const app = await anApp()
    const id = await aFaultyImport(app.store)
    const text = (await exported(app, id)).replace('many', '20').replace('Eva,x', 'Eva,5')
    await repair(app.db, id, { 3: '3,Carla,40' })
    await runWaiting(app.store)
    const urls = [await taken(app, id, text), await taken(app, id, text)]
    const forms = await Promise.all(
      urls.map(async (url) => {
        const page = await pageOf(await app.get(url))
        const input = page.querySelector('input[name="checked"]')
        const fields: [string, string][] = [
          ['act', 'import'],
          ['checked', input?.getAttributeValue('value') ?? ''],
        ]
        return { url, fields }
      }),
    )
    const answers = await Promise.all(forms.map(({ url, fields }) => app.post(url, fields)))
    // The second finds the rejects taken, or sees before that others fit by then.
    const refused = answers.filter(({ status }) => status !== 303)
    expect(refused.map(({ status }) => [409, 422].includes(status))).toEqual([true])
    expect(await refusal(refused[0] ?? Response.error(), refused[0]?.status ?? 0)).toMatch(
      /somebody else has repaired them|these rejects have changed/,
    )
    const page = await pageOf(await app.get(`/jobs/${id}/rejects/repair`))
    expect(textOf(page.querySelector('#repair-state'))).toBe(
      `4 rejected, 2 in repair by job ${id + 2} (Start pending), 1 repaired by job ${id + 1}, 1 open`,
    )
    expect(textsOf(page, '.repair-reasons tbody td.number')).toEqual(['1'])
  })

  test('is refused where it is too large, also once it is unpacked', async () => {
    const app = await anApp({ maxUpload: 1024 * 1024 })
    const id = await aFaultyImport(app.store)
    const text = await exported(app, id)
    const large = text + text.split('\n')[1]?.replace('Bo', 'Bo'.repeat(600_000))
    expect(await refusal(await send(app, id, large), 413)).toMatch(/at most 1 MB are taken/)
    const rows = Array.from({ length: 100_001 }, (_, at) => `${at},A,1,2,${at},text,,TLY-2003,no`)
    const packed = new Uint8Array(gzipSync(`${text.split('\n')[0]}\n${rows.join('\n')}\n`))
    expect(await refusal(await send(app, id, packed), 422)).toMatch(/has more than 100,000 records/)
    expect(await files(app)).toEqual([])
  })
})

function empty(): RequestInit {
  const body = new FormData()
  body.append('file', new Blob([]), '')
  return { method: 'POST', headers: OWN, body }
}
