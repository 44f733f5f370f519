import type { ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { openForMove, openStore, takeOverOf } from '../../../src/db/open.ts'
import type { Store } from '../../../src/db/store.ts'
import { moveDatabase } from '../../../src/cli/move/move-database.ts'
import { findMove } from '../../../src/engine/move/move-record.ts'
import { ownTables } from '../../../src/engine/move/own-tables.ts'
import { beat } from '../../../src/engine/lifecycle/workers.ts'
import { openStored } from '../../../src/pipeline/files/stored-file.ts'
import { sha256Of } from '../../../src/pipeline/files/identity.ts'
import { databaseIn } from '../../support/databases.ts'
import { aChance, rounds } from '../../support/faults/chance.ts'
import { aJob } from '../../support/jobs/a-job.ts'
import { anIdentity } from '../../support/jobs/an-identity.ts'
import { expectAgreement } from '../../support/jobs/verified.ts'
import { aSource, fillTheRest, LAST_IDS, makeLarge } from '../../support/move/a-moved-database.ts'
import { ended, start, tallyman } from '../../support/programs/cli.ts'
import { tmpDir } from '../../support/tmp.ts'

const FILES = ['tallyman_file', 'tallyman_file_piece']

async function aTarget(): Promise<{ url: string; folder: string }> {
  const folder = tmpDir()
  return { url: await databaseIn(folder, 'test.db'), folder }
}

async function opened(url: string, open = openStore): Promise<Store> {
  const store = await open(url)
  onTestFinished(() => store.close())
  return store
}

async function rowsOf(store: Store, name: string): Promise<unknown[]> {
  const table = await store.tables.describe(store.db, name)
  const key = sql.join((table?.primaryKey ?? []).map((column) => sql.ref(column)))
  const { rows } = await sql`select * from ${sql.table(name)} order by ${key}`.execute(store.db)
  return rows
}

/** The bytes of all complete files, wherever they lie. */
async function filesOf({ db }: Store) {
  const files = await db
    .selectFrom('tallyman_file')
    .select(['id', 'name', 'size', 'sha256', 'created_by', 'completed_at'])
    .orderBy('id')
    .execute()
  const hashOf = async (id: string) => {
    const file = await openStored(db, id)
    return await sha256Of(file).finally(() => file.close())
  }
  return await Promise.all(files.map(async (file) => ({ ...file, hash: await hashOf(file.id) })))
}

async function expectAlike(source: Store, target: Store): Promise<void> {
  for (const { name } of await ownTables(target)) {
    if (!FILES.includes(name))
      expect(await rowsOf(target, name)).toEqual(await rowsOf(source, name))
  }
  expect(await filesOf(target)).toEqual(await filesOf(source))
}

/** Waits until a move has copied more than before, or is over. @returns what it has copied */
async function untilItMoves({ db }: Store, before: string, child: ChildProcess): Promise<string> {
  for (;;) {
    const { rows } = await sql`
      select (select json_agg(one) from tallyman_move as one) as move,
             (select count(*) from tallyman_file_piece) as pieces`.execute(db)
    const now = JSON.stringify(rows)
    if (now !== before || child.exitCode !== null) return now
    await pause(10)
  }
}

const moving = (source: Store, url: string) => ['move', '--from', source.url, '--to', url]

test('all jobs go along with what belongs to them, and both ends agree', async () => {
  const source = await aSource()
  const { url, folder } = await aTarget()
  const { code, out, err } = await tallyman(folder, moving(source, url))
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(/jobs: 6, journal entries: \d+, rejects: 6, files from the disk: 1\.\n/)
  expect(out).toContain('The tables that jobs read and write, and results in the outbox, are yours')

  const target = await opened(url)
  await expectAlike(source, target)
  for (const store of [source, target]) await expectAgreement(store)
  expect((await aJob(target.db)).id).toBe(7)
})

test('a schema of Tallyman’s own takes them, beside another that has tables of these names', async () => {
  const source = await aSource()
  const { url: plain, folder } = await aTarget()
  const url = new URL(plain)
  url.searchParams.set('tallyman_schema', 'own')
  const { db } = await opened(plain)
  onTestFinished(async () => void (await sql`drop schema own cascade`.execute(db)))
  expect(await tallyman(folder, moving(source, url.href))).toMatchObject({ code: 0, err: '' })
  const target = await opened(url.href)
  await expectAlike(source, target)
  await expectAgreement(target)
  expect((await aJob(target.db)).id).toBe(7)
  expect(await db.selectFrom('tallyman_job').select('id').execute()).toEqual([])
})

test('no table is left out, whatever migration made it', async () => {
  const source = await aSource()
  await fillTheRest(source.db)
  const { url, folder } = await aTarget()
  const { code, out } = await tallyman(folder, [...moving(source, url), '--json'])
  expect(code).toBe(0)
  const target = await opened(url)
  const tables = (await ownTables(target)).map(({ name }) => name)
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where relkind = 'r' and relname like 'tallyman!_%' escape '!'
      and relname !~ '_(migration|migration_lock|move|tally)$' order by 1`.execute(target.db)
  expect(tables).toEqual(rows.map(({ name }) => name))
  expect(Object.keys(JSON.parse(out).rows)).toEqual(tables)
  for (const name of tables) expect(await rowsOf(source, name), name).not.toEqual([])
  await expectAlike(source, target)
  const { rows: numbered } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where is_identity = 'YES' order by 1`.execute(target.db)
  expect(numbered.map(({ name }) => name)).toEqual(Object.keys(LAST_IDS))
  for (const [table, last] of Object.entries(LAST_IDS)) {
    const next = sql`select nextval(pg_get_serial_sequence(${table}, 'id')) as id`
    expect((await next.execute(target.db)).rows).toEqual([{ id: last + 1 }])
  }
})

test('a move that is killed at any moment goes on, and nobody uses the half of it', async () => {
  const chance = aChance('move')
  const source = await aSource()
  await makeLarge(source)
  const { url, folder } = await aTarget()
  const target = await opened(url, openForMove)
  const begun = new Set<string>()
  let before = ''
  for (let round = 0; round < rounds(5, 40); round++) {
    const child = start(folder, moving(source, url))
    const end = ended(child)
    // Some are killed before they write anything.
    if (chance.below(4) > 0) before = await untilItMoves(target, before, child)
    await pause(chance.below(100))
    child.kill('SIGKILL')
    await end
    const killed = await findMove(target.db)
    if (killed?.ended_at === null) begun.add(killed.begun_at)
  }
  const { ended_at } = (await findMove(target.db)) ?? {}
  if (ended_at === null) {
    const { code, err } = await tallyman(folder, ['jobs', 'list'])
    expect([code, err]).toEqual([2, expect.stringMatching(/are being moved into this database/)])
    expect((await tallyman(folder, moving(source, url))).code).toBe(0)
  }
  // It was killed while it copied, and never began anew.
  expect([...begun]).toEqual([(await findMove(target.db))?.begun_at])
  await expectAlike(source, target)
}, 600_000)

test('a move whose source has changed meanwhile begins anew', async () => {
  const source = await aSource()
  const { url } = await aTarget()
  const target = await opened(url, openForMove)
  const parts = { source, target, takeOver: await takeOverOf(url) }
  const stopping = new AbortController()
  const options = {
    now: () => new Date(),
    stopSignal: stopping.signal,
    progressed: () => undefined,
  }
  const stopped = moveDatabase(parts, { ...options, progressed: () => stopping.abort() })
  await expect(stopped).rejects.toMatchObject({ name: 'AbortError' })
  await source.db.updateTable('tallyman_job').set({ label: 'New', revision: 99 }).execute()

  const { signal: stopSignal } = new AbortController()
  await moveDatabase(parts, { ...options, stopSignal })
  await expectAlike(source, target)
})

test('a file that is gone from the disk is named, and all others go along', async () => {
  const source = await aSource()
  const { path } = await source.db
    .selectFrom('tallyman_file')
    .select('path')
    .where('path', 'is not', null)
    .executeTakeFirstOrThrow()
  rmSync(path ?? '')
  const { url, folder } = await aTarget()
  const { code, out, err } = await tallyman(folder, [...moving(source, url), '--json'])
  expect([code, err]).toEqual([3, expect.stringContaining(`The file ${path} is gone or changed`)])
  expect(JSON.parse(out)).toMatchObject({ files: 0, missing_files: [path] })
})

test('nothing is moved while somebody works there, or onto other jobs', async () => {
  const source = await aSource()
  const { url, folder } = await aTarget()
  const target = await opened(url)
  const refusal = async (to = url) => {
    const { code, err } = await tallyman(folder, moving(source, to))
    return [code, err]
  }
  for (const { db } of [source, target]) {
    await beat(db, anIdentity('Ann'), { now: new Date(), claim: null })
    expect(await refusal()).toEqual([1, expect.stringContaining('Worker Ann is alive')])
    await db.deleteFrom('tallyman_worker').execute()
  }
  const { id } = await aJob(source.db, { status: 'paused' })
  expect(await refusal()).toEqual([1, expect.stringContaining(`are not over: ${id}.`)])
  await sql`delete from tallyman_job where id = ${id}`.execute(source.db)
  await aJob(target.db)
  expect(await refusal()).toEqual([1, expect.stringContaining('has jobs or files of its own')])
  expect(await refusal('sqlite:other.db')).toEqual([
    2,
    'Nothing can be moved into sqlite:other.db; write postgres://host/name behind --to.\n',
  ])
  expect(await tallyman(folder, ['move', '--from', 'sqlite:none.db', '--to', url])).toMatchObject({
    code: 2,
    err: expect.stringContaining('There is no database none.db'),
  })
})
