import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { findFile } from '../../src/db/files/stored-files.ts'
import { findJob } from '../../src/engine/jobs/jobs.ts'
import { aStore } from '../support/a-store.ts'
import { tallyman } from '../support/programs/cli.ts'
import { MAIN } from '../support/programs/main.ts'
import { runWaiting } from '../support/jobs/run-waiting.ts'
import { tmpDir } from '../support/tmp.ts'

const PEOPLE = 'id,name\n1,Ann\nx,Bob\n'

/** Imports standard input and fails at its second record, so that the copy stays. */
async function piped(folder: string, database: string, more: string[]) {
  const args = ['import', '-', '--into', 'person', '--max-rejects', '1', '--database', database]
  const env = { ...process.env, LC_ALL: 'C' }
  const child = spawn(process.execPath, [MAIN, ...args, ...more], { cwd: folder, env })
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stdin.end(PEOPLE)
  const [, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: child.exitCode, err }
}

async function aTarget() {
  const { folder, store } = await aStore(tmpDir())
  await sql`create table person (id integer primary key, name text)`.execute(store.db)
  const idOfFile = async (job: number) => {
    const { specification } = (await findJob(store.db, job)) ?? {}
    return specification?.path.replace('stored:', '') ?? ''
  }
  return { folder, store, idOfFile }
}

test.each(['database', 'folder'])(
  'a copy of standard input lies where any machine goes on with it: %s',
  async (where) => {
    const { folder, store, idOfFile } = await aTarget()
    const shared = path.join(folder, 'shared')
    mkdirSync(shared)
    const place = where === 'database' ? where : shared
    // A process that stands elsewhere.
    const elsewhere = tmpDir()
    expect((await piped(elsewhere, store.url, ['--files', place])).code).toBe(1)
    const id = await idOfFile(1)
    expect(await findFile(store.db, id)).toMatchObject({ name: 'stdin', size: PEOPLE.length })
    const onDisk = where === 'database' ? [] : readdirSync(path.join(shared, 'sources'))
    expect(onDisk).toEqual(where === 'database' ? [] : [id])
    expect(readdirSync(elsewhere)).toEqual([])
    await sql`update tallyman_job set specification =
      replace(specification, '"maxRejects":1', '"maxRejects":9')`.execute(store.db)
    await tallyman(folder, ['jobs', 'start', '1', '--run'])
    expect(await findJob(store.db, 1)).toMatchObject({ status: 'finished', file_name: 'stdin' })
    expect(await findFile(store.db, id)).toBeUndefined()
    expect(where === 'database' || readdirSync(path.join(shared, 'sources')).length === 0).toBe(
      true,
    )
  },
)

test('a folder for files that is not there is named before anything is imported', async () => {
  const { folder, store } = await aTarget()
  const nowhere = path.join(folder, 'nowhere')
  const { code, err } = await piped(folder, store.url, ['--files', nowhere])
  expect([code, err]).toEqual([2, `There is no folder ${nowhere}; make it first.\n`])
  const served = await tallyman(folder, ['serve', '--port', '0', '--files', nowhere])
  expect([served.code, served.err]).toEqual([
    2,
    `--files: There is no folder ${nowhere}; make it first.\n`,
  ])
  await runWaiting(store)
  expect(await findJob(store.db, 1)).toBeUndefined()
})
