import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../../src/db/open.ts'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import { rescueSilent } from '../../support/jobs/a-rescuer.ts'
import {
  aBigImport,
  aWaitingJob,
  countPeople,
  isUnderWay,
  until,
  WHOLE,
} from '../../support/jobs/big-import.ts'
import { start, tallyman } from '../../support/programs/cli.ts'
import { tmpDir } from '../../support/tmp.ts'

const IMPORT = ['import', 'people.csv', '--into', 'people', '--create', '--key', 'id']

async function anImported() {
  const folder = tmpDir()
  writeFileSync(path.join(folder, 'people.csv'), 'id,name\n1,Ann\n2,Bea\n')
  expect((await tallyman(folder, IMPORT)).code).toBe(0)
  return folder
}

test('a copy that is made while a job runs is consistent, and the job goes on in it', async () => {
  const { folder, store } = await aBigImport()
  const { id } = await aWaitingJob(store, folder)
  const worker = start(folder, ['worker'])
  await until(store, id, isUnderWay)
  const { code, out } = await tallyman(folder, ['backup', 'copy.db', '--json'])
  const { status } = await until(store, id, () => true)
  worker.kill('SIGKILL')
  expect([code, status]).toEqual([0, 'running'])
  expect(JSON.parse(out)).toEqual({
    path: path.join(folder, 'copy.db'),
    size: readFileSync(path.join(folder, 'copy.db')).length,
  })

  const ofCopy = { TALLYMAN_DATABASE: 'sqlite:copy.db' }
  const verified = await tallyman(folder, ['verify', '--json'], ofCopy)
  expect(JSON.parse(verified.out)).toMatchObject({ jobs: 1, agrees: true, disagreements: [] })
  const copy = await openStore(`sqlite:${path.join(folder, 'copy.db')}`)
  onTestFinished(() => copy.close())
  const job = await findJob(copy.db, id)
  expect(job?.counters.processed).toBeLessThan(WHOLE.total)
  expect(await countPeople(copy)).toBe(job?.counters.inserted)

  // Its worker has never heard of the copy.
  await rescueSilent(copy.db)
  await tallyman(folder, ['worker', '--once'], ofCopy)
  expect(await findJob(copy.db, id)).toMatchObject({ ...WHOLE, status: 'finished' })
  expect(await countPeople(copy)).toBe(WHOLE.counters.inserted)
})

test('a file that is there is kept, unless it is to be replaced; the database always', async () => {
  const folder = await anImported()
  const copy = path.join(folder, 'copy.db')
  writeFileSync(copy, 'mine')
  const refused: [string[], RegExp][] = [
    [['copy.db'], /There is a file .*copy\.db already; .*--replace/],
    [['test.db', '--replace'], /test\.db is the database itself; name another file/],
    [['.', '--replace'], /is a folder/],
    [['nowhere/copy.db'], /no folder .*nowhere; make it first/],
    [
      ['other.db', '--database', 'sqlite:tset.db'],
      /^There is no database tset\.db; check its name/,
    ],
  ]
  const before = readdirSync(folder).toSorted()
  for (const [args, sentence] of refused) {
    const { code, out, err } = await tallyman(folder, ['backup', ...args])
    expect(err).toMatch(sentence)
    expect([code, out, err.trim().split('\n').length]).toEqual([2, '', 1])
  }
  expect(readFileSync(copy, 'utf8')).toBe('mine')
  expect(readdirSync(folder).toSorted()).toEqual(before)

  // What another database left beside the name would be read into the copy.
  writeFileSync(`${copy}-wal`, 'of another one')
  const { code, out } = await tallyman(folder, ['backup', 'copy.db', '--replace'])
  expect([code, out]).toEqual([0, expect.stringMatching(/^The database is copied to .*copy\.db: /)])
  expect(existsSync(`${copy}-wal`)).toBe(false)
  const verified = await tallyman(folder, ['verify', '--database', 'sqlite:copy.db'])
  expect([verified.code, verified.out]).toEqual([0, 'Jobs checked: 1. All agrees.\n'])
  expect(verified.err).toMatch(/^Not checked: the files that were imported/)
})

test('what does not agree is printed with its job, in both languages, and ends with 4', async () => {
  const folder = await anImported()
  const store = await openStore(`sqlite:${path.join(folder, 'test.db')}`)
  await store.db.updateTable('tallyman_job').set({ inserted: 3 }).execute()
  await store.close()
  const { code, out } = await tallyman(folder, ['verify'])
  expect(out.split('\n')).toEqual([
    'Job 1: success is 2, but inserted + updated + unchanged + deleted + reconciled make 3.',
    'The table people has 2 rows, but the jobs account for 3: somebody else changed it.',
    'Jobs checked: 1. What does not agree: 2; printed: 2.',
    '',
  ])
  expect(code).toBe(4)

  const spanish = await tallyman(folder, ['verify', '--json'], { LC_ALL: 'es_ES.UTF-8' })
  expect(JSON.parse(spanish.out)).toMatchObject({
    jobs: 1,
    agrees: false,
    count: 2,
    disagreements: [
      { job: 1, check: 'tally_off', message: expect.stringMatching(/pero .* suman 3\.$/) },
      { job: null, check: 'rows_off' },
    ],
    not_checked: [expect.stringContaining('Sin comprobar')],
  })
})
