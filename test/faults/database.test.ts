import {
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { CompiledQuery, sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../src/db/open.ts'
import { DatabaseLostError } from '../../src/domain/words/errors.ts'
import { requireJob } from '../../src/engine/jobs/jobs.ts'
import { aJob } from '../support/jobs/a-job.ts'
import { anApp } from '../support/pages/app.ts'
import { aStore } from '../support/a-store.ts'
import { isUnderWay, until } from '../support/jobs/big-import.ts'
import { ended, start, tallyman } from '../support/programs/cli.ts'
import { rounds } from '../support/faults/chance.ts'
import { aDisk, canMount } from '../support/faults/small-disk.ts'
import { firstLine } from '../support/programs/server.ts'
import { aSlowImport } from '../support/jobs/slow-import.ts'
import { tmpDir } from '../support/tmp.ts'

const LOCKED_MS = rounds(1_000, 30_000)
const RECORDS = 2_500
const PAGE = 4096

/** A server with a worker, and all that it says on standard error. */
async function aTalkingServer(folder: string) {
  const env = { TALLYMAN_LOG_LEVEL: 'error' }
  const child = start(folder, ['serve', '--port', '0', '--workers', '1', '--json'], env)
  const said = text(child.stderr)
  const { url }: { url: string } = JSON.parse(await firstLine(child.stdout))
  const gone = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, url, gone, said }
}

test('a database that another process keeps locked is waited for, and nobody is given up', async () => {
  const { folder, store } = await aStore()
  const { id } = await aSlowImport({ store, folder }, { records: RECORDS })
  const worker = start(folder, ['worker', '--once'])
  const over = ended(worker)
  await until(store, id, isUnderWay)
  const blocker = await openStore(store.url)
  onTestFinished(() => blocker.close())
  await blocker.db.connection().execute(async (connection) => {
    // It takes its turn between two batches.
    await connection.executeQuery(CompiledQuery.raw('pragma busy_timeout = 60000'))
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
    await pause(LOCKED_MS)
    await connection.executeQuery(CompiledQuery.raw('commit'))
  })

  const { code, err } = await over
  expect(code).toBe(0)
  expect(err.split('\n').filter((line) => !/is ready\.$|^Job 1: Slow people$/.test(line))).toEqual([
    '',
  ])
  const job = await requireJob(store.db, id)
  expect(job).toMatchObject({ status: 'finished', total: RECORDS, attempts: 1, deaths: 0 })
  const { rows } = await sql<{ n: number }>`select count(*) as n from slow_person`.execute(store.db)
  expect(rows).toEqual([{ n: job.counters.inserted }])
})

describe.each([
  ['deleted', (file: string) => rmSync(file)],
  ['moved', (file: string) => renameSync(file, `${file}-elsewhere`)],
  [
    'replaced',
    (file: string) => {
      copyFileSync(file, `${file}-copy`)
      renameSync(`${file}-copy`, file)
    },
  ],
])('a database that is %s', (how, hurt) => {
  test('ends the server and its worker with one sentence, and is not made anew', async () => {
    const { folder, store } = await aStore()
    const { gone, said } = await aTalkingServer(folder)
    hurt(path.join(folder, 'test.db'))
    expect(await gone).toBe(1)
    const lines = (await said).trim().split('\n')
    const own = lines.filter((line) => !line.startsWith('{'))
    expect(own).toEqual([expect.stringMatching(/^The database sqlite:.* was moved, replaced or/)])
    // Besides, the worker says so, and that it is gone.
    expect(lines.length).toBeLessThan(6)
    expect(existsSync(path.join(folder, 'test.db'))).toBe(how === 'replaced')
    expect(store.file?.isInPlace()).toBe(false)
  })
})

describe.each(['-wal', '-shm'])('a database whose file %s is deleted or replaced', (end) => {
  test('is written by nobody from then on', async () => {
    const { folder, store } = await aStore()
    const file = path.join(folder, `test.db${end}`)
    copyFileSync(file, `${file}-copy`)
    renameSync(`${file}-copy`, file)
    expect(store.file?.isInPlace()).toBe(false)
    await expect(aJob(store.db)).rejects.toThrow(DatabaseLostError)
    rmSync(file)
    await expect(aJob(store.db)).rejects.toThrow(DatabaseLostError)
  })

  test('ends the server and its worker with one sentence', async () => {
    const { folder } = await aStore()
    const { gone, said } = await aTalkingServer(folder)
    rmSync(path.join(folder, `test.db${end}`))
    expect(await gone).toBe(1)
    const lines = (await said).trim().split('\n')
    const own = lines.filter((line) => !line.startsWith('{'))
    expect(own).toEqual([
      expect.stringMatching(/^The database sqlite:.* its file -wal or -shm was/),
    ])
    expect(lines.length).toBeLessThan(6)
  })

  test('answers a click with a sentence', async () => {
    const app = await anApp()
    const { id } = await aJob(app.db)
    rmSync(path.join(app.folder, `tallyman.db${end}`))
    const answer = await app.post(`/jobs/${id}/start`)
    expect([answer.status, await answer.text()]).toEqual([
      503,
      expect.stringContaining('its file -wal or -shm was'),
    ])
  })

  test('ends an import that runs, before its next batch', async () => {
    const { folder, store } = await aStore()
    const { id } = await aSlowImport({ store, folder }, { records: RECORDS })
    const worker = start(folder, ['worker', '--once'])
    const over = ended(worker)
    await until(store, id, isUnderWay)
    rmSync(path.join(folder, `test.db${end}`))
    const { code, err } = await over
    expect(err.trim().split('\n').at(-1)).toMatch(/^The database sqlite:.* was moved, replaced or/)
    expect([code, err]).toEqual([1, expect.not.stringContaining('    at ')])
  })
})

test('a file that is no database is refused in one sentence, and stays as it is', async () => {
  const folder = tmpDir()
  const file = path.join(folder, 'test.db')
  writeFileSync(file, 'name,age\n'.repeat(1_000))
  for (const args of [['serve', '--port', '0'], ['worker'], ['jobs', 'list'], ['verify']]) {
    const { code, out, err } = await tallyman(folder, args)
    expect(err).toMatch(/^The database test\.db cannot be used: file is not a database\.\n$/)
    expect([code, out]).toEqual([2, ''])
  }
  expect(readFileSync(file, 'utf8')).toBe('name,age\n'.repeat(1_000))
})

test('a database that is damaged while it is used is told in a sentence, to everybody', async () => {
  const { folder, store } = await aStore()
  for (let at = 0; at < 200; at++) await aJob(store.db, { label: `Damaged ${at}` })
  await sql`create table other (id integer)`.execute(store.db)
  const { child, url, gone, said } = await aTalkingServer(folder)
  await sql`pragma wal_checkpoint(truncate)`.execute(store.db)
  damage(path.join(folder, 'test.db'), 'Damaged ')
  // Who has pages in memory reads them again once something was written.
  await sql`insert into other values (1)`.execute(store.db)

  const pages = ['', 'jobs?sort=label', 'jobs/1', 'jobs/150']
  for (const page of pages) {
    const answer = await fetch(url + page, { headers: { 'accept-language': 'es' } })
    expect([page, answer.status]).toEqual([page, 503])
    expect(await answer.text()).toContain('La base de datos está dañada')
  }
  const list = await tallyman(folder, ['jobs', 'list'])
  expect([list.code, list.err]).toEqual([
    1,
    'The database is damaged; see "tallyman verify", or take its last backup.\n',
  ])
  const verified = await tallyman(folder, ['verify'])
  expect([verified.code, verified.err]).toEqual([4, expect.stringContaining('Not checked')])
  expect(verified.out).toMatch(/^The database is damaged: /)

  child.kill('SIGTERM')
  expect(await gone).toBe(0)
  const lines = (await said).trim().split('\n')
  expect(lines.length).toBeLessThanOrEqual(pages.length + 4)
  expect(lines.filter((line) => line.includes('    at '))).toEqual([])
})

test('an export that comes upon damage fails with a reason that says so', async () => {
  const { folder, store } = await aStore()
  await sql`create table harbour as
    with recursive n(id) as (select 1 union all select id + 1 from n where id < 2000)
    select id, 'Damaged ' || id as name from n`.execute(store.db)
  await sql`pragma wal_checkpoint(truncate)`.execute(store.db)
  damage(path.join(folder, 'test.db'), 'Damaged ')

  const { code, out, err } = await tallyman(folder, ['export', 'harbour', '--to', 'x', '--json'])
  expect([code, err]).toEqual([1, ''])
  expect(JSON.parse(out)).toMatchObject({ status: 'failed', failure: 'database_failed' })
  const journal = await tallyman(folder, ['jobs', 'journal', '1'], { LC_ALL: 'es_ES.UTF-8' })
  expect(journal.out).toMatch(/TLY-9015 .*no ha podido continuar\. La base de datos está dañada/)
  expect(existsSync(path.join(folder, 'x'))).toBe(false)
})

/** Every page that holds the text says that it is of a kind that there is not. */
function damage(file: string, words: string): void {
  const bytes = readFileSync(file)
  const handle = openSync(file, 'r+')
  let at = bytes.indexOf(words)
  while (at !== -1) {
    const page = Math.floor(at / PAGE) * PAGE
    writeSync(handle, Buffer.alloc(8, 0xff), 0, 8, page)
    at = bytes.indexOf(words, page + PAGE)
  }
  closeSync(handle)
}

describe.runIf(canMount)('a disk that can only be read', () => {
  test('is told in one sentence by all who would write', async () => {
    const disk = aDisk(4_000)
    const { store } = await aStore(disk.folder)
    await store.close()
    disk.makeReadOnly()
    const before = readdirSync(disk.folder)
    for (const args of [['serve', '--port', '0'], ['worker'], ['jobs', 'list']]) {
      const env = { TALLYMAN_DATABASE: `sqlite:${path.join(disk.folder, 'test.db')}` }
      const { code, out, err } = await tallyman(tmpDir(), args, env)
      expect(err.trim().split('\n')).toEqual([
        expect.stringMatching(/^The database .* cannot be used: .*(readonly|unable to open)/),
      ])
      expect([code, out]).toEqual([2, ''])
    }
    expect(readdirSync(disk.folder)).toEqual(before)
  })
})
