import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import type { HtmlElement } from 'html-validate'
import { STEPS_OF_EXPORT, STEPS_OF_IMPORT } from '../../../views/assistant/steps.ts'
import {
  parseExportSpecification,
  parseImportSpecification,
} from '../../../src/domain/specification/parse-specification.ts'
import { JOB_STATUSES } from '../../../src/domain/states/status.ts'
import { createJob } from '../../../src/engine/jobs/jobs.ts'
import { exportJob, importJob } from '../../../src/engine/jobs/new-job.ts'
import { aJob, NOON, OPERATOR } from '../jobs/a-job.ts'
import { changeTemplate, saveJobAsTemplate } from '../../../src/engine/templates/save-template.ts'
import { setAside } from '../../../src/engine/repair/set-aside.ts'
import { aFaultyImport, repair } from '../jobs/a-repair.ts'
import { OWN, type TestApp } from './app.ts'
import { parse } from './html.ts'
import { runWaiting } from '../jobs/run-waiting.ts'

/** Every kind of damage that a table of people knows. */
const DIRTY = `id,name,age,note
1,Ana,31,fine
2,,40,no name
3,Carla,many,not a number
4,"Dora ""D"" <b>",-1,a rule
5,Eva
5,Eva,20,again <script>alert(1)</script>
6,"Fe"lisa,33,quotes
`

/** How the file of an import that is being edited writes names. */
const NAMES = {
  kind: 'enumeration',
  values: [{ written: 'Ana', value: 'Anna' }],
  otherwise: 'keep',
} as const

/** An address, and what the reader of a language is shown there. */
export type PageSource = {
  path: string
  read(language?: string): Promise<HtmlElement>
  html(language?: string): Promise<string>
}

/** Jobs in every status, one of them really run, and every page that they have. */
export async function everyPage(app: TestApp): Promise<PageSource[]> {
  const dirty = await aDirtyImport(app)
  const odd = await anOddImport(app)
  const made = await aHalfMadeImport(app)
  const several = await aHalfMadeImportOfSeveral(app)
  const exported = await aHalfMadeExport(app)
  const broken = (await aJob(app.db, { status: 'editing' })).id
  const repaired = await aRepairedImport(app)
  const template = await aTemplate(app, odd)
  const ids: number[] = []
  for (const status of JOB_STATUSES) ids.push((await aJob(app.db, { status })).id)
  const [editing = 0, , running = 0] = ids
  const paths = [
    '/',
    '/workers',
    '/templates',
    `/templates/${template}`,
    `/templates/${template}/edit`,
    `/templates/${template}/delete`,
    '/templates/csv-export',
    '/templates/csv-export/edit',
    `/jobs/new/import?template=${template}`,
    '/jobs/new/export?template=excel-export',
    `/jobs/${odd}/template`,
    '/jobs',
    '/jobs?sort=label&direction=desc&status=finished',
    '/jobs?text=nothing+of+the+kind',
    ...ids.map((id) => `/jobs/${id}`),
    ...[dirty, odd, editing].flatMap((id) => [
      `/jobs/${id}`,
      `/jobs/${id}/journal`,
      `/jobs/${id}/journal?level=error`,
      `/jobs/${id}/rejects`,
    ]),
    '/jobs/new/import',
    '/jobs/new/import?form=whole',
    '/jobs/new/export',
    ...STEPS_OF_IMPORT.flatMap((step) => [made, broken].map((id) => `/jobs/${id}/edit/${step}`)),
    `/jobs/${made}/edit/file?records=200`,
    ...STEPS_OF_IMPORT.map((step) => `/jobs/${several}/edit/${step}`),
    `/jobs/${several}/edit/file?file=2`,
    ...STEPS_OF_EXPORT.map((step) => `/jobs/${exported}/edit/${step}`),
    `/jobs/${exported}/edit/output?preview=yes`,
    `/jobs/${editing}/specification`,
    `/jobs/${editing}/edit`,
    ...[dirty, odd].flatMap((id) => [
      `/jobs/${id}/delete`,
      `/jobs/${id}/run-again`,
      `/jobs/${id}/report`,
    ]),
    `/jobs/${running}/cancel`,
    `/jobs/cancel?ids=${ids.join('.')}.999`,
    `/jobs/delete?ids=${ids.join('.')}.999`,
    `/jobs/${dirty}/rejects?type=error&code=TLY-3001&field=age`,
    `/jobs/${dirty}/rejects/5`,
    `/jobs/${dirty}/rejects/7`,
    `/jobs/${dirty}/rejects/repair`,
    `/jobs/${dirty}/rejects/repair?code=TLY-3001&field=age`,
    `/jobs/${dirty}/rejects/repair?code=TLY-3001&field=age&rule=replace&find=many&by=30`,
    `/jobs/${dirty}/rejects/repair?code=TLY-2003&field=`,
    `/jobs/${dirty}/rejects/repair?code=TLY-3007&field=id&after=99`,
    `/jobs/${odd}/rejects/repair`,
    ...[repaired, repaired + 1].flatMap((id) => [
      `/jobs/${id}`,
      `/jobs/${id}/delete`,
      `/jobs/${id}/report`,
    ]),
    `/jobs/${repaired}/rejects/repair`,
    await aCorrectedFile(app, dirty),
    '/jobs/999',
    '/nothing',
  ]
  const { basePath } = app
  const got = paths.map((each) =>
    pageSource(each, (language) => app.get(basePath + each, language)),
  )
  const refused = pageSource('a refused command', (language) =>
    app.post(`${basePath}/jobs/${dirty}/pause`, [], { ...OWN, ...language }),
  )
  const many = pageSource('a command for many', (language) =>
    app.post(
      `${basePath}/jobs/commands`,
      [
        ['command', 'pause'],
        ['id', String(dirty)],
        ['id', '999'],
      ],
      { ...OWN, ...language },
    ),
  )
  return [...got, refused, many]
}

function pageSource(
  name: string,
  ask: (headers: Record<string, string>) => Promise<Response>,
): PageSource {
  const html = async (language = 'en') => await (await ask({ 'accept-language': language })).text()
  return { path: name, html, read: async (language) => parse(await html(language)) }
}

/** A dry run of which all is told that can be told of a specification. */
async function anOddImport({ store, folder }: Pick<TestApp, 'store' | 'folder'>) {
  const file = path.join(folder, 'odd.csv')
  writeFileSync(file, "# odd\n1;'Ana';31\n2;'Bo';many\n")
  const specification = parseImportSpecification({
    path: file,
    table: 'person',
    key: ['id'],
    secondKey: ['name'],
    columns: ['id', 'nombre', 'age'],
    map: { nombre: 'name', '#3': 'age' },
    fields: { age: { emptyOverwrites: true, onError: 'warn' }, name: { onlyOnInsert: true } },
    delimiter: ';',
    quote: "'",
    comment: '#',
    trim: true,
    missingColumns: 'empty',
    nulls: ['NULL', '-'],
    maxRejects: 20,
    dryRun: true,
  })
  return await runJob(store, importJob(specification, { label: 'Odd' }))
}

/** An import that is being edited, of a file with a damaged record, into a table that it mostly fits. */
export async function aHalfMadeImport({ store, folder }: Pick<TestApp, 'store' | 'folder'>) {
  const file = path.join(folder, 'half.csv')
  writeFileSync(file, 'ID;Full name;Age\n1;Ana;31\n2;"Bo;many\n3;Carla;young\n')
  const specification = parseImportSpecification({
    path: file,
    table: 'person',
    key: ['id'],
    map: { 'Full name': 'name' },
    fields: {
      name: { checks: [{ kind: 'required' }], sensitive: true, format: NAMES },
      note: { from: { kind: 'fixed', text: 'new' } },
    },
    filter: { kind: 'all', of: [{ kind: 'condition', column: 'ID', operator: 'is_filled' }] },
  })
  const job = importJob(specification, {})
  return (await createJob(store.db, job, { now: NOON, actor: OPERATOR })).id
}

/** One of several files, each with something else that is to be told of it. */
async function aHalfMadeImportOfSeveral({ store, folder }: Pick<TestApp, 'store' | 'folder'>) {
  const texts = {
    'north.csv': 'id;name;age\n1;Ana;31\n',
    'south "and" <b>.csv': 'age,name,id,town\nmany,"Bo,2,Ulm\n40,Cy,3,Bonn\n',
    'narrow.csv': 'id;name\n4;Dora\n',
    'other.jsonl': '{"id":5}\n',
  }
  const [first = '', ...others] = Object.entries(texts).map(([name, text]) => {
    const file = path.join(folder, name)
    writeFileSync(file, text)
    return file
  })
  const where = { path: first, morePaths: others }
  const specification = parseImportSpecification({ ...where, table: 'person', key: ['id'] })
  const job = importJob(specification, {})
  return (await createJob(store.db, job, { now: NOON, actor: OPERATOR })).id
}

/** An export that is being edited, of the table of people, with groups of conditions. */
export async function aHalfMadeExport({ store, folder }: Pick<TestApp, 'store' | 'folder'>) {
  const grown = { kind: 'condition', field: 'age', operator: 'at_least', value: '18' }
  const named = { kind: 'condition', field: 'name', operator: 'is_filled' }
  const specification = parseExportSpecification({
    table: 'person',
    path: path.join(folder, 'people "who" are <half>.csv'),
    columns: ['name', 'id', 'age'],
    names: { name: 'Nombre & "más"' },
    fields: { age: { format: { kind: 'number', decimal: ',', grouping: '.' } } },
    filter: { kind: 'all', of: [{ kind: 'any', of: [grown, named] }, grown] },
    order: [{ field: 'age', direction: 'desc' }],
  })
  const job = exportJob(specification, {})
  return (await createJob(store.db, job, { now: NOON, actor: OPERATOR })).id
}

/** A job that was really run, over a file that has everything wrong with it. */
export async function aDirtyImport({ store, folder }: Pick<TestApp, 'store' | 'folder'>) {
  const file = path.join(folder, 'people "dirty".csv')
  writeFileSync(file, DIRTY)
  await sql`create table if not exists person
    (id integer primary key, name text not null, age integer check (age >= 0), note text)`.execute(
    store.db,
  )
  const specification = parseImportSpecification({
    path: file,
    table: 'person',
    key: ['id'],
    operation: 'insert',
    doubles: 'reject',
  })
  const job = importJob(specification, { label: 'Dirty <people> & "others"' })
  return await runJob(store, { ...job, description: 'One of each kind.' })
}

/** An import of which rejects are repaired by the next job, rejected again, set aside and open. */
async function aRepairedImport({ store }: Pick<TestApp, 'store'>): Promise<number> {
  const id = await aFaultyImport(store)
  await repair(store.db, id, { 2: '2,Bo,20', 5: '5,Eva,no' })
  await setAside(store.db, id, [4], { actor: OPERATOR, now: NOON, reason: 'A <test> & more' })
  await runWaiting(store)
  return id
}

/** A corrected reject file that was sent. @returns where it is shown */
async function aCorrectedFile({ get, ask, basePath }: TestApp, id: number): Promise<string> {
  const rejects = await get(`${basePath}/jobs/${id}/rejects/export`)
  const body = new FormData()
  body.append('file', new Blob([await rejects.arrayBuffer()]), 'corrected <rejects>.csv')
  const url = `${basePath}/jobs/${id}/rejects/repair/file`
  const { headers } = await ask(url, { method: 'POST', headers: OWN, body })
  return (headers.get('location') ?? '').slice(basePath.length)
}

/** A template of a job that ran, which was changed since. @returns its key */
export async function aTemplate({ db }: Pick<TestApp['store'], 'db'>, id: number): Promise<string> {
  const by = { actor: OPERATOR, now: NOON, replaces: false }
  const texts = { name: 'Odd <people>', description: 'Of "others"\n& more' }
  const { key, parts } = await saveJobAsTemplate(db, id, texts, by)
  await changeTemplate(db, key, { ...texts, parts: { ...parts, maxRejects: 5 } }, by)
  return key
}

async function runJob(store: TestApp['store'], job: ReturnType<typeof importJob>) {
  const wanted = { ...job, status: 'start_pending' } as const
  const { id } = await createJob(store.db, wanted, { now: NOON, actor: OPERATOR })
  await runWaiting(store)
  return id
}
