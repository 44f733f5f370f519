import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Job } from '../../src/domain/jobs/job.ts'
import { requireJob } from '../../src/engine/jobs/jobs.ts'
import type { TestApp } from '../support/pages/app.ts'
import { isLong } from '../support/faults/chance.ts'
import { byDatabase } from '../support/databases.ts'
import { tallyman } from '../support/programs/cli.ts'
import {
  aSite,
  askByForm,
  hurtMeanwhile,
  RECORDS,
  WAYS,
  type Site,
} from '../support/faults/stopped-import.ts'
import { tmpDir } from '../support/tmp.ts'
import { runWaiting } from '../support/jobs/run-waiting.ts'

/** What happens to a source while it is read, and whether its import may come to its end. */
const CASES: [string, (site: Site) => void, 'source_changed' | null][] = [
  ['is cut to half', ({ file }) => truncateSync(file, statSync(file).size >> 1), 'source_changed'],
  ['is emptied', ({ file }) => truncateSync(file, 0), 'source_changed'],
  ['is rewritten in place', ({ file, other }) => overwrite(file, other), 'source_changed'],
  [
    'is rewritten in place in its last record alone',
    ({ file, other }) => overwrite(file, other.subarray(-20), other.length - 20),
    'source_changed',
  ],
  [
    'is rewritten and has its old date put back',
    ({ file, other }) => {
      const { atime, mtime } = statSync(file)
      overwrite(file, other)
      utimesSync(file, atime, mtime)
    },
    'source_changed',
  ],
  [
    'is replaced by another file',
    ({ file, other }) => {
      writeFileSync(`${file}-new`, other)
      renameSync(`${file}-new`, file)
    },
    'source_changed',
  ],
  [
    'is moved away, with a link to another file in its place',
    ({ file, other }) => {
      writeFileSync(`${file}-new`, other)
      renameSync(file, `${file}-old`)
      symlinkSync(`${file}-new`, file)
    },
    'source_changed',
  ],
  ['grows', ({ file }) => appendFileSync(file, '999999,Late,1\n'), 'source_changed'],
  ['is deleted', ({ file }) => rmSync(file), 'source_changed'],
  ['is touched', ({ file }) => utimesSync(file, new Date(), new Date(0)), null],
  ['gets other rights and a second name', withSecondName, null],
]

function overwrite(file: string, bytes: Buffer, at = 0): void {
  const descriptor = openSync(file, 'r+')
  writeSync(descriptor, bytes, 0, bytes.length, at)
  closeSync(descriptor)
}

function withSecondName({ file }: Site): void {
  chmodSync(file, 0o400)
  linkSync(file, `${file}-second`)
}

const all = CASES.flatMap((each) => WAYS.map((way) => [way, ...each] as const))

/** Where rows go says nothing of how bytes are read: in the short form, each is hurt once there. */
const packings = byDatabase({
  SQLite: ['plain', 'gzip'] as const,
  PostgreSQL: isLong ? (['plain', 'gzip'] as const) : (['plain'] as const),
})

describe.each(packings)('a %s source', (packing) => {
  test.each(all)('for %s that %s while it is read', async (way, _what, hurt, reason) => {
    const site = await aSite(packing)
    const whole = createHash('sha256').update(readFileSync(site.file)).digest('hex')
    const fact = ({ file_sha256 }: Job) => file_sha256 !== null
    const job = await hurtMeanwhile(site, way, { fact, hurt: () => hurt(site) })
    expect([job.status, job.failure_reason]).toEqual([
      reason === null ? 'finished' : 'failed',
      reason,
    ])
    expect(job.file_sha256).toBe(whole)

    const people = sql<{ n: number; own: number }>`
      select count(*) as n, count(*) filter (where name = 'Name ' || id) as own from person`
    const [{ n, own } = { n: 0, own: 0 }] = (await people.execute(site.app.db)).rows
    expect([n, own]).toEqual([job.counters.inserted, job.counters.inserted])
    expect(n === RECORDS).toBe(reason === null)
  })
})

describe('what is no file with an end', () => {
  const kinds: [string, (place: string) => string | Promise<string>, RegExp][] = [
    ['a pipe', aPipe, /is no file; name the file to import/],
    ['a socket', aSocket, /is no file; name the file to import/],
    ['a folder', tmpDir, /is no file; name the file to import/],
    ['a device without an end', () => '/dev/zero', /is no file; name the file to import/],
    ['a file whose bytes cannot be read', () => '/proc/self/mem', /not there or cannot be read/],
  ]
  test.each(kinds)('is refused in a sentence: %s', async (_what, make, sentence) => {
    const { app } = await aSite('plain')
    const file = await make(path.join(app.folder, 'source'))
    const { code, out, err } = await tallyman(app.folder, ['import', file, '--into', 'person'], {
      TALLYMAN_DATABASE: app.store.url,
    })
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(sentence)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  test('is not waited for either where it takes the place of the file that was checked', async () => {
    const { app, file } = await aSite('plain')
    await askByForm(app, 'people.csv')
    rmSync(file)
    aPipe(file)
    expect(await ranAs(app)).toMatchObject({ status: 'failed', failure_reason: 'source_missing' })
  })
})

function aPipe(file: string): string {
  execFileSync('mkfifo', [file])
  return file
}

async function aSocket(file: string): Promise<string> {
  const server = createServer().listen(file)
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return file
}

async function ranAs({ store, db }: TestApp): Promise<Job> {
  await runWaiting(store)
  return await requireJob(db, 1)
}

describe('a file that was chosen in the inbox, and then', () => {
  const secret = 'secret,id,name\nx,1,y\n'
  const cases: [string, (site: Site, elsewhere: string) => void][] = [
    ['is replaced by a link out of it', ({ file }, elsewhere) => replaceByLink(file, elsewhere)],
    [
      'lies beneath a folder that is replaced by a link',
      ({ file }, elsewhere) => replaceByLink(path.join(path.dirname(file), 'sub'), elsewhere),
    ],
    [
      'lies in an inbox that is itself replaced by a link',
      ({ file }, elsewhere) => replaceByLink(path.dirname(file), elsewhere),
    ],
  ]
  test.each(cases)('%s is not imported', async (what, replace) => {
    const site = await aSite('plain')
    const elsewhere = tmpDir()
    writeFileSync(path.join(elsewhere, 'people.csv'), secret)
    const isBelow = what.includes('beneath')
    if (isBelow) putBelow(site.file)
    expect((await askByForm(site.app, 'people.csv')).status).toBe(303)

    replace(
      site,
      isBelow || what.includes('inbox that') ? elsewhere : path.join(elsewhere, 'people.csv'),
    )
    const { status, failure_reason } = await ranAs(site.app)
    expect([status, failure_reason]).toEqual(['failed', 'source_missing'])
    const seen = ['journal', 'rejects', 'report'].map(async (tab) => {
      return await (await site.app.get(`/jobs/1/${tab}`)).text()
    })
    expect((await Promise.all(seen)).join()).not.toContain('secret')
  })

  test('is a link to another place of the inbox is imported', async () => {
    const { app, file } = await aSite('plain')
    putBelow(file)
    await askByForm(app, 'people.csv')
    expect(await ranAs(app)).toMatchObject({ status: 'finished' })
  })
})

/** Moves the file into a folder of the inbox, and leaves a link to it. */
function putBelow(file: string): void {
  const below = path.join(path.dirname(file), 'sub')
  mkdirSync(below)
  renameSync(file, path.join(below, 'people.csv'))
  symlinkSync(path.join('sub', 'people.csv'), file)
}

function replaceByLink(place: string, elsewhere: string): void {
  renameSync(place, `${place}-old`)
  onTestFinished(() => rmSync(`${place}-old`, { recursive: true }))
  symlinkSync(elsewhere, place)
}

test('whoever types a path may follow a link', async () => {
  const { app, file } = await aSite('plain')
  symlinkSync(file, path.join(app.folder, 'link.csv'))
  const args = ['import', 'link.csv', '--into', 'person']
  const { code } = await tallyman(app.folder, args, { TALLYMAN_DATABASE: app.store.url })
  expect(code).toBe(0)
})

test('the rejects begin as the file that was imported, whatever lies there now', async () => {
  const { app, file } = await aSite('plain')
  writeFileSync(file, '\ufeffid,"name"\r\n1,Ana\r\nx,Bea\r\n')
  await askByForm(app, 'people.csv')
  await ranAs(app)
  writeFileSync(file, 'of,somebody,else\n1,2,3\n')
  const exported = Buffer.from(await (await app.get('/jobs/1/rejects/export')).arrayBuffer())
  expect(exported.toString().split('\r\n').slice(0, 2)).toEqual([
    expect.stringMatching(/^\ufeffid,"name",reject_line,/),
    expect.stringMatching(/^x,Bea,3,2,/),
  ])
})

test('a header that is too long to be kept is refused, and says how long it is', async () => {
  const { app, file } = await aSite('plain')
  writeFileSync(file, `${'a,'.repeat(899_999)}a\n`)
  const args = ['import', file, '--into', 'person', '--map', 'a=id']
  const { code, err } = await tallyman(app.folder, args, { TALLYMAN_DATABASE: app.store.url })
  expect(code).toBe(2)
  expect(err).toMatch(/Line 1 has 900,000 columns and 1,799,999 bytes of names; at most 100,000/)
})
