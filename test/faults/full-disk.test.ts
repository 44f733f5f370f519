import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { verifyDatabase } from '../../src/cli/run/verify-database.ts'
import type { Store } from '../../src/db/store.ts'
import { balances } from '../../src/domain/jobs/counters.ts'
import { parseExportSpecification } from '../../src/domain/specification/parse-specification.ts'
import { createJob, requireJob } from '../../src/engine/jobs/jobs.ts'
import { transition } from '../../src/engine/lifecycle/transition.ts'
import { exportJob, importJob, type NewJob } from '../../src/engine/jobs/new-job.ts'
import { OPERATOR } from '../support/jobs/a-job.ts'
import { aStore } from '../support/a-store.ts'
import { tallyman } from '../support/programs/cli.ts'
import { aChance, isLong, rounds } from '../support/faults/chance.ts'
import { aDisk, canMount } from '../support/faults/small-disk.ts'
import { intoPerson } from '../support/pipeline/an-imported-file.ts'
import { tmpDir } from '../support/tmp.ts'
import { runWaiting } from '../support/jobs/run-waiting.ts'

const RECORDS = rounds(6_000, 30_000)
const by = () => ({ actor: OPERATOR, now: new Date() })

type Where = 'the target' | 'the journal' | 'the rejects'

/** An import that fills mostly this. */
function anImport(where: Where, folder: string): NewJob {
  const file = path.join(folder, 'people.csv')
  const lines = Array.from({ length: RECORDS }, (_, at) => {
    const isRejected = where === 'the rejects' ? at % 4 !== 0 : at % 100 === 7
    return isRejected ? `${at},bad"quote,${at}` : `${at},name ${at},some note ${at}`
  })
  writeFileSync(file, `id,name,note\n${lines.join('\n')}\n`)
  const specification = intoPerson(file, { doubles: 'reject', trace: where === 'the journal' })
  return importJob(specification, {})
}

async function aTable(folder: string): Promise<Store> {
  const { store } = await aStore(folder)
  await sql`create table person (id integer primary key, name text, note text)`.execute(store.db)
  return store
}

async function run(store: Store): Promise<void> {
  await runWaiting(store)
}

async function remainsOf({ db }: Store, id: number) {
  const rows = async (text: string) => (await sql.raw(text).execute(db)).rows
  const { status, counters, total, file_sha256, checkpoint } = await requireJob(db, id)
  return {
    job: { status, counters, total, file_sha256, record: checkpoint?.record },
    people: await rows('select * from person order by id'),
    rejects: await rows('select record, code, raw from tallyman_reject order by record, seq'),
    trace: await rows(`select params from tallyman_journal where code = 'TLY-1017' order by id`),
  }
}

async function expectBalance(store: Store): Promise<void> {
  const found = []
  for await (const disagreement of verifyDatabase(store)) found.push(disagreement)
  expect(found).toEqual([])
}

describe.each(['the target', 'the journal', 'the rejects'] as const)(
  'a disk that is full, hit in %s',
  (where) => {
    test('fails the job and keeps what was committed; with room it comes to the same end', async () => {
      const chance = aChance(`full disk, ${where}`)
      const source = tmpDir()
      const wanted: NewJob = { ...anImport(where, source), status: 'start_pending' }
      const calm = await aTable(tmpDir())
      const { id } = await createJob(calm.db, wanted, by())
      await run(calm)
      const { rows } = await sql<{ pages: number }>`
        select page_count as pages from pragma_page_count`.execute(calm.db)
      const whole = rows[0]?.pages ?? 0
      const expected = await remainsOf(calm, id)
      expect(expected.job.status).toBe('finished')

      for (let round = 0; round < rounds(2, 12); round++) {
        const store = await aTable(tmpDir())
        await createJob(store.db, wanted, by())
        const before = 60 + chance.below(Math.max(1, whole - 80))
        await sql.raw(`pragma max_page_count = ${before}`).execute(store.db)
        await run(store)
        const failed = await requireJob(store.db, id)
        expect(failed).toMatchObject({ status: 'failed', failure_reason: 'disk_full' })
        expect(balances(failed.counters, failed.total)).toBe(true)
        await expectBalance(store)
        const people = await sql`select id from person`.execute(store.db)
        expect(people.rows).toHaveLength(failed.counters.inserted)

        await sql.raw('pragma max_page_count = 1000000').execute(store.db)
        await transition(store.db, id, 'start', by())
        await run(store)
        expect(await remainsOf(store, id)).toEqual(expected)
      }
    })
  },
)

describe.runIf(canMount)('a file system that is full', () => {
  test('fails the job of a real process, in one sentence, and Start makes it go on', async () => {
    const chance = aChance('full file system')
    const source = tmpDir()
    anImport('the target', source)
    const file = path.join(source, 'people.csv')
    const args = ['import', file, '--into', 'people', '--create', '--key', 'id', '--json']
    const most = isLong ? 1_500 : 1_000
    for (let round = 0; round < rounds(2, 15); round++) {
      // The empty database and what is kept for the end of the job take some 700 KiB.
      const disk = aDisk(820 + chance.below(most - 820))
      const { code, out, err } = await tallyman(disk.folder, args)
      expect([code, err]).toEqual([1, ''])
      const failed = JSON.parse(out)
      expect(failed).toMatchObject({ status: 'failed', failure: 'disk_full' })
      expect((await tallyman(disk.folder, ['verify'])).code).toBe(0)

      disk.resize(64_000)
      const again = await tallyman(disk.folder, ['jobs', 'start', '1', '--run', '--json'])
      expect(JSON.parse(again.out)).toMatchObject({
        status: 'finished',
        counters: { processed: RECORDS },
      })
      expect((await tallyman(disk.folder, ['verify'])).code).toBe(0)
    }
  })

  test('fails an export that does not fit, which is then written as if it always had', async () => {
    const store = await aTable(tmpDir())
    await sql`insert into person with recursive n(i) as (select 1 union all select i + 1 from n where i < ${RECORDS * 4})
              select i, 'name ' || i, ${'x'.repeat(200)} from n`.execute(store.db)
    const calm = path.join(tmpDir(), 'out.csv')
    const wanted = (file: string): NewJob => ({
      ...exportJob(parseExportSpecification({ table: 'person', path: file }), {}),
      status: 'start_pending',
    })
    await createJob(store.db, wanted(calm), by())
    await run(store)
    const whole = readFileSync(calm)
    const disk = aDisk(Math.floor(whole.length / 2048))
    const file = path.join(disk.folder, 'out.csv')
    const { id } = await createJob(store.db, wanted(file), by())
    await run(store)
    const failed = await requireJob(store.db, id)
    expect(failed).toMatchObject({ status: 'failed', failure_reason: 'disk_full' })
    expect(failed.counters.processed).toBeGreaterThan(0)

    disk.resize(64_000)
    await transition(store.db, id, 'start', by())
    await run(store)
    expect(await requireJob(store.db, id)).toMatchObject({ status: 'finished', attempts: 2 })
    expect(readFileSync(file).equals(whole)).toBe(true)
  })

  test('lets a backup be told in one sentence, and leaves nothing of it', async () => {
    const folder = tmpDir()
    const store = await aTable(folder)
    await store.close()
    const disk = aDisk(100)
    const copy = path.join(disk.folder, 'copy.db')
    const { code, out, err } = await tallyman(folder, ['backup', copy])
    expect([code, out, err]).toEqual([1, '', 'The disk is full; make room and try again.\n'])
    expect(readdirSync(disk.folder)).toEqual([])
  })
})
