import { describe, expect, test } from 'vitest'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { editSpecification } from '../../../src/engine/jobs/edit-specification.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { listRejectKinds } from '../../../src/engine/rejects/reject-kinds.ts'
import { changeTemplate } from '../../../src/engine/templates/save-template.ts'
import { findTemplate } from '../../../src/engine/templates/templates.ts'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { LANGUAGES } from '../../../src/i18n/catalogue.ts'
import { expectOneLine, expectPlain } from '../../support/hostile-text.ts'
import { NOON } from '../../support/jobs/a-job.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'
import { aJobOf, EDIT, send, specificationOf } from '../../support/pages/an-assistant.ts'
import type { TestApp } from '../../support/pages/app.ts'
import { sendStep } from '../../support/pages/fill-form.ts'
import { attributesOf, decoded, pageOf, parse, textsOf } from '../../support/pages/html.ts'

const SCRIPT = '"><script>alert(1)</script>'
/** A formula, markup, and what turns the text, clears a terminal or has no width; as long as a name may be. */
const EVIL = `=1+1${SCRIPT}\u202e\u001b[2J\u0085\u200b\u2028.`
const OTHER = `@SUM(1)${SCRIPT}<img src=x onerror='alert(2)'>\u2066`
const LONG = 'y'.repeat(300_000)
const TABLE = `t${EVIL}`
/** As a folder may hold it. */
const FILE = `${EVIL.replaceAll('/', '|')}.csv`
const NEXT = `next${EVIL.replaceAll('/', '|')}.csv`

const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
const text = (value: string) => `'${value.replaceAll("'", "''")}'`
const line = (...cells: (string | number)[]) =>
  `${cells.map((one) => cell(String(one))).join(',')}\n`

const HEAD = line('id', EVIL, 'kind', `${EVIL}2`)
const FIRST =
  HEAD +
  line(1, EVIL, EVIL, 'x') +
  line(2, OTHER, OTHER, EVIL) +
  line(3, LONG, 'x', LONG) +
  line(4, `${EVIL}\0`, 'x', 'x') +
  line(EVIL, 'x', 'x', 'x')
const SECOND = HEAD + line(6, '-1+1', `${EVIL}7`, 'x') + `7,"x"y,${cell(EVIL)},z\n`

const ROWS = [
  `create table ${cell(TABLE)} (id integer primary key, ${cell(EVIL)} text,
     kind text check (kind in (${text(EVIL)}, ${text(OTHER)})), ${cell(`${EVIL}2`)} text)`,
  `insert into ${cell(TABLE)} values (2, ${text(EVIL)}, null, ${text(OTHER)})`,
]

/** A job in the assistant of which all is hostile that others may name. */
async function aHostileJob(): Promise<TestApp> {
  const app = await aJobOf({ [FILE]: FIRST, [NEXT]: SECOND }, ...ROWS)
  const said = await specificationOf(app)
  const fields = {
    [EVIL]: {
      checks: [{ kind: 'pattern', pattern: '[^y\\-](.|\\s)*' }],
      transforms: [{ kind: 'replace', from: SCRIPT, to: SCRIPT }],
    },
    kind: {
      format: {
        kind: 'enumeration',
        values: [EVIL, OTHER].map((one) => ({ written: one, value: one })),
      },
    },
    [`${EVIL}2`]: { from: { kind: 'template', text: `{${EVIL}2}${EVIL}` } },
  }
  const filter = {
    kind: 'all',
    of: [{ kind: 'condition', column: EVIL, operator: 'is_not', value: EVIL.repeat(2) }],
  }
  const wanted = importJob(parseImportSpecification({ ...said, fields, filter }), { label: EVIL })
  await editSpecification(app.db, 1, wanted, { now: NOON, actor: EVIL })
  return app
}

/** A page of which nothing does anything, hides or turns, and that shows this as it is written. */
async function expectHarmless(app: TestApp, url: string, sees: string[] = [SCRIPT]) {
  for (const language of LANGUAGES) {
    const answer = await app.get(url, { 'accept-language': language })
    expect([url, answer.status]).toEqual([url, 200])
    expectHarmlessPage(await answer.text(), url, sees)
  }
}

function expectHarmlessPage(html: string, url: string, sees: string[]): void {
  expectPlain(html, url)
  expect(html.length, url).toBeLessThan(120_000)
  const page = parse(html)
  expect(page.querySelectorAll('img'), url).toEqual([])
  expect(
    page.querySelectorAll('script').filter((one) => !one.hasAttribute('src')),
    url,
  ).toEqual([])
  const names = page.querySelectorAll('*').flatMap((one) => one.attributes.map(({ key }) => key))
  expect(
    names.filter((name) => /^(on|style$|hx-on)/.test(name)),
    url,
  ).toEqual([])
  const links = [...attributesOf(page, 'href'), ...attributesOf(page, 'action')]
  expect(
    links.filter((link) => !/^[/?#]/.test(link)),
    url,
  ).toEqual([])
  for (const one of sees)
    expect(decoded(page.querySelector('main')?.textContent ?? ''), url).toContain(one)
}

async function started(): Promise<TestApp> {
  const app = await aHostileJob()
  await sendStep(app, `${EDIT}/try`, { act: 'start' })
  await runWaiting(app.store)
  expect(await requireJob(app.db, 1)).toMatchObject({
    status: 'finished',
    label: EVIL,
    counters: { processed: 7, rejects: 5, inserted: 1, updated: 1 },
  })
  return app
}

const REPAIR = '/jobs/1/rejects/repair'

describe('hostile names and values', () => {
  test('are words in every step of the assistant, which loses nothing of them', async () => {
    const app = await aHostileJob()
    await expectHarmless(app, '/jobs/new/import')
    await expectHarmless(app, `${EDIT}/file`)
    await expectHarmless(app, `${EDIT}/file?file=2`)
    for (const step of ['columns', 'rules', 'try']) await expectHarmless(app, `${EDIT}/${step}`)
    const before = await specificationOf(app)
    for (const step of ['file', 'columns', 'rules', 'try']) {
      const saved = await sendStep(app, `${EDIT}/${step}`, { act: 'save' })
      expect([step, saved.status]).toEqual([step, 303])
    }
    const { fields, filter } = await specificationOf(app)
    expect({ fields, filter }).toEqual({ fields: before.fields, filter: before.filter })
  })

  test('are words in what a step is refused for', async () => {
    const app = await aHostileJob()
    const refused = { 'field-0': EVIL, 'field-1': EVIL, 'text-3': `{${EVIL}`, act: 'next' }
    const answer = await sendStep(app, `${EDIT}/columns`, refused)
    expect(answer.status).toBe(422)
    expectHarmlessPage(await answer.text(), 'columns', [SCRIPT])
  })

  test('are words in a trial, before and after', async () => {
    const app = await aHostileJob()
    await sendStep(app, `${EDIT}/try`, { act: 'try_all' })
    await runWaiting(app.store)
    await expectHarmless(app, `${EDIT}/try`, [`@SUM(1)${SCRIPT}`, `=1+1${SCRIPT}`])
  })

  test('are words on every page of the job', async () => {
    const app = await started()
    for (const tab of [
      '',
      '/journal',
      '/rejects',
      '/rejects/3',
      '/report',
      '/run-again',
      '/delete',
    ]) {
      await expectHarmless(app, `/jobs/1${tab}`)
    }
  })

  test('are words where rejects are repaired, also in reasons to set them aside', async () => {
    const app = await started()
    await expectHarmless(app, REPAIR)
    const kinds = await listRejectKinds(app.db, 1, {})
    for (const { code, field } of kinds) {
      const reason = new URLSearchParams({ code, field: field ?? '' })
      await expectHarmless(app, `${REPAIR}?${reason}`)
      for (const rule of [
        { rule: 'replace', find: EVIL, by: SCRIPT },
        { rule: 'fixed', value: EVIL },
      ]) {
        await expectHarmless(app, `${REPAIR}?${reason}&${new URLSearchParams(rule)}`)
      }
    }
    const kind = { code: 'TLY-3041', field: 'kind' }
    const typed = { ...kind, act: 'check', 'v.6.2': EVIL.repeat(2) }
    await app.post(REPAIR, Object.entries(typed))
    await expectHarmless(app, `${REPAIR}?${new URLSearchParams(kind)}`)
    const line = { code: 'TLY-2002', field: '' }
    await app.post(REPAIR, Object.entries({ ...line, act: 'check', 'line.7': `7,"x"y,${EVIL}\0` }))
    await expectHarmless(app, `${REPAIR}?${new URLSearchParams(line)}`)
    const aside = { ...kind, act: 'set_aside', reason: `${OTHER}.`, 'pick.3': 'yes' }
    await app.post(REPAIR, Object.entries(aside))
    const page = await pageOf(await app.get(REPAIR))
    expect(textsOf(page, '.repair-aside-list')).toEqual([expect.stringContaining(SCRIPT)])
    await expectHarmless(app, REPAIR)
    await expectHarmless(app, '/jobs/1/rejects/3')
    await expectHarmless(app, '/jobs/1/journal')
  })

  test('are words in templates, and in what changed in them', async () => {
    const app = await aHostileJob()
    const saved = await send(app, '/jobs/1/template', { name: EVIL, description: EVIL })
    expect(saved.headers.get('location')).toBe('/templates/1')
    const texts = { name: `${EVIL}2`, description: SCRIPT }
    const { parts } = (await findTemplate(app.db, '1')) ?? {}
    await changeTemplate(
      app.db,
      '1',
      { ...texts, parts: { ...parts, fields: {}, nulls: [EVIL] } },
      { now: NOON, actor: EVIL },
    )
    await expectHarmless(app, '/templates')
    for (const page of ['', '/edit', '/delete']) await expectHarmless(app, `/templates/1${page}`)
    await expectHarmless(app, '/jobs/new/import?template=1')
    await expectHarmless(app, '/jobs')
  })

  test('are text in the cells of what is opened in a spreadsheet', async () => {
    const app = await started()
    await send(app, '/jobs/1/template', { name: EVIL, description: EVIL })
    for (const url of [
      '/jobs/1/rejects/export?for=spreadsheet',
      `/example?table=${encodeURIComponent(TABLE)}`,
      '/example?template=1',
    ]) {
      const answer = await app.get(url)
      const name = /filename\*=UTF-8''(.*)$/.exec(answer.headers.get('content-disposition') ?? '')
      expectOneLine(decodeURIComponent(name?.[1] ?? ''))
      const cells = cellsOf(await answer.text())
      expect(
        cells.filter((one) => /^[=+@-]/.test(one)),
        url,
      ).toEqual([])
      expect(cells.filter((one) => one.includes(SCRIPT)).length, url).toBeGreaterThan(0)
      expect(Math.max(...cells.map(({ length }) => length))).toBeLessThan(32_768)
    }
  })
})

function cellsOf(sheet: string): string[] {
  const cells = sheet.matchAll(/(?:"((?:""|[^"])*)"|([^,\r\n]*))(?:,|\r\n)/g)
  return [...cells].map(([, inQuotes, plain]) => inQuotes?.replaceAll('""', '"') ?? plain ?? '')
}
