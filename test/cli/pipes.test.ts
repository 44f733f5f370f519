import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aStore } from '../support/a-store.ts'
import { ended, start, startPiped, tallyman, tallymanInto } from '../support/programs/cli.ts'
import { tmpDir } from '../support/tmp.ts'

async function piped(folder: string, args: string[], input: string | Buffer) {
  const child = await startPiped(folder, args)
  child.stdin.end(input)
  return await ended(child)
}

/** Where the test can see them, whatever the database. */
const IN_FOLDER = ['--files', '.']
const SOURCES = 'sources'

function spooled(folder: string): string[] {
  const sources = path.join(folder, SOURCES)
  return existsSync(sources) ? readdirSync(sources) : []
}

/** More rows than any pipe holds. */
async function aLongTable(): Promise<string> {
  const { folder, store } = await aStore()
  await sql`create table person (id integer primary key, name text)`.execute(store.db)
  await sql`insert into person
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 200000)
    select i, 'name ' || i from n`.execute(store.db)
  return folder
}

async function jobOf(folder: string, id: number) {
  return JSON.parse((await tallyman(folder, ['jobs', 'show', String(id), '--json'])).out)
}

test('standard input is imported, and its copy goes with the end of the job', async () => {
  const folder = tmpDir()
  const args = ['import', '-', '--into', 'person', '--create', '--json', ...IN_FOLDER]
  const { code, out } = await piped(folder, args, 'id,name\n1,Ann\n2,Bob\n')
  expect([code, JSON.parse(out).counters.inserted]).toEqual([0, 2])
  expect(JSON.parse(out).label).toBe('stdin → person')
  expect(spooled(folder)).toEqual([])
})

test('a copy of standard input stays as long as its job can go on, and is nobody else’s', async () => {
  const folder = tmpDir()
  await piped(folder, ['import', '-', '--into', 'person', '--create'], 'id,name\n1,Ann\n')
  const args = ['import', '-', '--into', 'person', '--max-rejects', '1', ...IN_FOLDER]
  const { code } = await piped(folder, args, 'id,name\nx,Ann\n')
  expect(code).toBe(1)
  const [copy = ''] = spooled(folder)
  expect(statSync(path.join(folder, SOURCES, copy)).mode & 0o777).toBe(0o600)
  expect(readFileSync(path.join(folder, SOURCES, copy), 'utf8')).toBe('id,name\nx,Ann\n')
  await tallyman(folder, ['jobs', 'delete', '2'])
  expect(spooled(folder)).toEqual([])
})

test('what is wrong is said before standard input is read, and leaves no copy', async () => {
  const folder = tmpDir()
  // It never ends.
  const child = await startPiped(folder, ['import', '-', '--into', 'person', ...IN_FOLDER])
  const [err] = await Promise.all([text(child.stderr), once(child, 'close')])
  expect([child.exitCode, err]).toEqual([2, expect.stringContaining('no table "person"')])
  const args = ['import', '-', '--into', 'person', '--create', ...IN_FOLDER]
  const wrong = await piped(folder, args, '')
  expect([wrong.code, spooled(folder)]).toEqual([2, []])
})

test('an interrupt while standard input is read leaves nothing', async () => {
  const folder = tmpDir()
  const args = ['import', '-', '--into', 'person', '--create', ...IN_FOLDER]
  const child = await startPiped(folder, args)
  child.stdin.write('id,name\n')
  while (spooled(folder).length === 0) await nextTurn()
  child.kill('SIGINT')
  const [err] = await Promise.all([text(child.stderr), once(child, 'close')])
  expect([child.exitCode, spooled(folder)]).toEqual([1, []])
  expect(err).toContain('not read to its end')
})

test('rows go to standard output, and all else beside it', async () => {
  const folder = await aLongTable()
  const { code, out, err } = await tallyman(folder, ['export', 'person', '--to', '-'])
  expect([code, out.split('\n').length]).toEqual([0, 200_002])
  expect(out.startsWith('id,name\n1,name 1\n')).toBe(true)
  expect(err).toContain('200,000 processed')
  expect(await jobOf(folder, 1)).toMatchObject({ status: 'finished', label: 'person → stdout' })
  expect((await tallyman(folder, ['verify'])).code).toBe(0)
})

test('a reader that goes away ends an export quietly, and the job says why', async () => {
  const folder = await aLongTable()
  const child = start(folder, ['export', 'person', '--to', '-'])
  child.stdout.once('data', () => child.stdout.destroy())
  const [err] = await Promise.all([text(child.stderr), once(child, 'close')])
  expect([child.exitCode, err]).toEqual([1, ''])
  expect(await jobOf(folder, 1)).toMatchObject({ status: 'failed', failure: 'output_failed' })
  const { out } = await tallyman(folder, ['jobs', 'journal', '1'])
  expect(out).toContain('The file stdout cannot be written: its reader closed the pipe')
})

test('a job whose file was a pipe does not run again, and names the pipe alone', async () => {
  const folder = tmpDir()
  await piped(folder, ['import', '-', '--into', 'person', '--create', '--key', 'id'], 'id\n1\n')
  await tallyman(folder, ['export', 'person', '--to', '-'])
  for (const id of ['1', '2']) {
    const { code, err } = await tallyman(folder, ['jobs', 'run-again', id])
    expect([code, err]).toEqual([
      1,
      `Job ${id} used standard input or output, which is gone by now; give its command again.\n`,
    ])
  }
  const { out } = await tallyman(folder, ['jobs', 'show', '1'])
  expect(out).toMatch(/^File +stdin$/m)
})

test('an export to a pipe that is interrupted has failed, and nobody goes on with it', async () => {
  const folder = await aLongTable()
  const child = start(folder, ['export', 'person', '--to', '-'])
  await once(child.stdout, 'readable')
  child.kill('SIGINT')
  await once(child, 'exit')
  expect(await jobOf(folder, 1)).toMatchObject({ status: 'failed', failure: 'output_failed' })
  const again = await tallyman(folder, ['jobs', 'start', '1', '--run'])
  expect([again.code, again.out]).toEqual([1, expect.stringContaining('export anew')])
})

test('rows that find no room behind standard output are exported anew, and not gone on with', async () => {
  const folder = await aLongTable()
  const { code, err } = await tallymanInto('/dev/full', folder, ['export', 'person', '--to', '-'])
  expect(code).toBe(1)
  expect(err).toContain('cannot be written: there is no room for it; make some, and export anew.')
  expect(err).not.toContain('goes on')
  expect(err).not.toContain('jobs start')
})

test('standard output takes rows or JSON', async () => {
  const folder = await aLongTable()
  const { code, out, err } = await tallyman(folder, ['export', 'person', '--to', '-', '--json'])
  expect([code, out, err]).toEqual([2, '', expect.stringContaining('leave it out')])
})

test('a file that is there is replaced with --force alone', async () => {
  const folder = tmpDir()
  await piped(folder, ['import', '-', '--into', 'person', '--create'], 'id\n1\n')
  writeFileSync(path.join(folder, 'out.csv'), 'mine')
  const asked = await tallyman(folder, ['export', 'person', '--to', 'out.csv'])
  expect([asked.code, asked.err]).toEqual([2, expect.stringContaining('--force')])
  expect(readFileSync(path.join(folder, 'out.csv'), 'utf8')).toBe('mine')
  expect((await tallyman(folder, ['export', 'person', '--to', 'out.csv', '--force'])).code).toBe(0)
  expect(readFileSync(path.join(folder, 'out.csv'), 'utf8')).toBe('id\n1\n')
})

test('an export that is run again replaces its own result', async () => {
  const folder = tmpDir()
  await piped(folder, ['import', '-', '--into', 'person', '--create'], 'id\n1\n')
  expect((await tallyman(folder, ['export', 'person', '--to', 'out.csv'])).code).toBe(0)
  await tallyman(folder, ['jobs', 'run-again', '2'])
  await ended(start(folder, ['worker', '--once']))
  expect(await jobOf(folder, 3)).toMatchObject({ status: 'finished' })
})
