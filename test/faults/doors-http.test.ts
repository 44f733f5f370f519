import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JOB_STATUSES } from '../../src/domain/states/status.ts'
import { aJob } from '../support/jobs/a-job.ts'
import { anImportedFile } from '../support/pipeline/an-imported-file.ts'
import { anApp, OWN } from '../support/pages/app.ts'
import { aSeed, rounds } from '../support/faults/chance.ts'
import { anyText, HOSTILE, mostly } from '../support/faults/hostile.ts'

const REQUESTS = rounds(500, 40_000)
const MANY_BYTES = 300 * 1024

const NAMES = `act after before code columns command create cursor delimiter description direction
  doubles dryRun duplicates encoding field file fileName from header id ids keepGoing key label
  language level maxRejects onError.0 operation replace return seen sort status sure tab table text
  to trace type viewport column.0 map.0 basis by change-0-0 check-0-0 error-0 field-0 field-1 field-m0
  file filter find format-0 format-1 from-m0 from-0 guessed join key-0 key-1 made-0 more name once
  op-0 part pivot-0 records rule secondKey sensitive-0 since size size-0 template text-0 type-0 value
  value-0`.split(/\s+/)
const WORDS = `1 2 3 import export person people.csv on id name asc desc insert update delete reject
  again next back try try_all start_at yes dmy decimal_comma empty fixed replace format trim split
  start pause cancel run_again es en error warning TLY-2001 TLY-3001 2026-01-31 utf-8 , last
  label`.split(/\s+/)
const JOB_PAGES = `journal journal.txt rejects rejects/1 rejects/2 rejects/export report live file
  delete edit edit/rows edit/output edit/file edit/columns edit/rules edit/try edit/table edit/start
  rejects/repair rejects/repair/file rejects/1/raw source template specification start pause cancel run-again duplicate`.split(
  /\s+/,
)
const FORM = 'application/x-www-form-urlencoded'

const id = mostly('1', '2', '3', '4', '5', '9', '12')
const path = fc.oneof(
  fc.tuple(fc.constant('jobs'), id, mostly('', ...JOB_PAGES)),
  fc.tuple(
    fc.constant('jobs'),
    mostly('', 'rows', 'delete', 'new/import', 'new/export', 'commands'),
  ),
  fc.tuple(fc.constant('templates'), id, mostly('', 'edit', 'delete')),
  fc.tuple(fc.constant('uploads'), mostly('', 'parts', '1'), mostly('', 'job', 'cancel')),
  fc.tuple(mostly('language', 'healthz', 'assets', 'example', 'workers', 'today/live'), anyText),
  fc.array(anyText, { maxLength: 4 }),
)
const pairs = fc.array(fc.tuple(mostly(...NAMES), mostly(...WORDS)), { maxLength: 12 })
const headers = fc.dictionary(
  fc.constantFrom('accept-language', 'cookie', 'hx-request', 'origin', 'if-none-match', 'range'),
  mostly('language=es', 'true', 'null', 'http://localhost', 'bytes=0-', '*').map(printable),
)
const body = fc.oneof(
  { weight: 4, arbitrary: pairs.map((each) => ({ type: FORM, bytes: encode(each) })) },
  fc
    .tuple(mostly(FORM, 'multipart/form-data; boundary=x', 'application/json'), fc.uint8Array())
    .map(([type, bytes]) => ({ type: printable(type), bytes: Buffer.from(bytes) })),
)
/** A header can hold no other characters: a request with them can't even be made. */
function printable(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, '?').trim()
}

function encode(each: [string, string][]): Buffer {
  return Buffer.from(String(new URLSearchParams(each)))
}

function urlOf(parts: string[], query: [string, string][], isRaw: boolean): string {
  const encoded = parts.map((part) =>
    isRaw || /^[\w/.-]*$/.test(part) ? part : encodeURIComponent(part.toWellFormed()),
  )
  const search = query.length === 0 ? '' : `?${String(new URLSearchParams(query))}`
  return `/${encoded.join('/')}${search}`
}

async function aFilledApp() {
  const app = await anApp()
  const file = 'id,name,age\n1,Ann,x\n2,"Be"a,1\n3,Cid,2\n'
  await anImportedFile(app, file, { name: 'people.csv' })
  await anImportedFile(app, Buffer.from('id,"na\nme"\n1,\u202e<b>\0\n'), { name: 'b\u202e"\n.csv' })
  // One to be edited of each type, with what it reads.
  await app.post('/jobs/1/duplicate', [])
  await app.post('/jobs/new/export', [['table', 'person']])
  await app.post('/jobs/3/template', [['name', 'people']])
  for (const page of ['/jobs/3/edit/columns', '/jobs/4/edit/rows', '/templates/1']) {
    expect((await app.get(page)).status).toBe(200)
  }
  for (const status of JOB_STATUSES) await aJob(app.db, { status, label: `<${status}>"'` })
  return app
}

test('whatever is asked for, there is an answer, and it is never that the server failed', async () => {
  const app = await aFilledApp()
  const request = fc.record({
    method: mostly('GET', 'GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'),
    path,
    query: pairs,
    isRaw: fc.boolean(),
    headers,
    body,
    isOwn: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
  })
  const property = fc.asyncProperty(request, async (given) => {
    const url = urlOf(given.path, given.query, given.isRaw)
    const method = /^[A-Z]+$/.test(given.method) ? given.method : 'GET'
    const { type, bytes } = given.body
    const answer = await app.ask(url, {
      method,
      headers: {
        ...given.headers,
        ...(given.isOwn ? OWN : {}),
        ...(method === 'GET' || method === 'HEAD' ? {} : { 'content-type': type }),
      },
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(bytes) }),
    })
    expect([url, answer.status]).toEqual([url, expect.any(Number)])
    expect(answer.status, `${method} ${url} ${bytes.toString('latin1')}`).toBeLessThan(500)
    await answer.arrayBuffer()
  })
  await fc.assert(property, { seed: aSeed('HTTP routes'), numRuns: REQUESTS })
})

test('a label of a megabyte, a name of any kind and too large a form get a sentence', async () => {
  const app = await aFilledApp()
  const answerTo = async (form: [string, string][], url = '/jobs/1/edit') => {
    const answer = await app.post(url, form)
    return { status: answer.status, text: await answer.text() }
  }
  const long = await answerTo([['label', 'x'.repeat(MANY_BYTES / 2)]])
  expect([long.status, long.text]).toEqual([422, expect.stringContaining('too long')])
  const megabyte = await answerTo([['label', 'x'.repeat(1024 * 1024)]])
  expect([megabyte.status, megabyte.text]).toEqual([
    413,
    expect.stringContaining('What was sent is too large: at most 256 kB are taken.'),
  ])
  for (const name of HOSTILE.filter((_, at) => at % rounds(3, 1) === 0)) {
    for (const field of ['label', 'table', 'file', 'key', 'encoding', 'delimiter', 'fileName']) {
      for (const type of ['import', 'export']) {
        const { status } = await answerTo(
          [
            ['file', 'people.csv'],
            ['table', 'person'],
            [field, name],
          ],
          `/jobs/new/${type}`,
        )
        expect([field, name, status < 500]).toEqual([field, name, true])
      }
    }
  }
})
