import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { parseExportSpecification } from '../../src/domain/specification/parse-specification.ts'
import { createJob, findJob } from '../../src/engine/jobs/jobs.ts'
import { exportJob } from '../../src/engine/jobs/new-job.ts'
import { PartFile } from '../../src/pipeline/export/part-file.ts'
import { aJob, OPERATOR } from '../support/jobs/a-job.ts'
import { aStore } from '../support/a-store.ts'
import { tallyman } from '../support/programs/cli.ts'
import { aServer } from '../support/programs/server.ts'
import { tmpDir } from '../support/tmp.ts'

const IMPORT = ['import', 'x.csv', '--into', 't', '--create']

/** Who may do what with it, as `ls` and `chmod` have it. */
function modeOf(file: string): string {
  return (statSync(file).mode & 0o777).toString(8)
}

function modesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder).toSorted()
  return Object.fromEntries(names.map((name) => [name, modeOf(path.join(folder, name))]))
}

test('what the programs make for themselves can be read by their owner alone', async () => {
  const folder = tmpDir()
  const env = { TALLYMAN_DATABASE: '' }
  writeFileSync(path.join(folder, 'x.csv'), 'id\n1\n')
  expect((await tallyman(folder, IMPORT, env)).code).toBe(0)
  expect((await tallyman(folder, ['backup', 'copy.db'], env)).code).toBe(0)
  await aServer(folder, ['--workers', '1'], env)
  const { store } = await aStore(path.join(folder, 'tallyman-data'), 'tallyman.db')
  const result = path.join(folder, 'tallyman-data', 'outbox', 'out.csv')
  const specification = parseExportSpecification({ table: 't', path: result })
  const { id } = await createJob(
    store.db,
    { ...exportJob(specification, {}), status: 'start_pending' },
    { now: new Date(), actor: OPERATOR },
  )
  while ((await findJob(store.db, id))?.status !== 'finished') await pause(5)

  expect(modeOf(path.join(folder, 'tallyman-data'))).toBe('700')
  expect(modesIn(path.join(folder, 'tallyman-data'))).toEqual({
    inbox: '700',
    outbox: '700',
    'tallyman.db': '600',
    'tallyman.db-reserve': '600',
    'tallyman.db-shm': '600',
    'tallyman.db-wal': '600',
  })
  expect(modeOf(result)).toBe('600')
  expect(modeOf(path.join(folder, 'copy.db'))).toBe('600')
})

test('the copy of a dry run and the part of a result can be, too', async () => {
  const { folder, store } = await aStore()
  await store.file?.copyTo(path.join(folder, 'copy'))
  const part = await PartFile.create(path.join(folder, 'out.csv'), 1)
  await part.close()
  const made = ['copy', 'out.csv.tallyman-1.part'].map((name) => modeOf(path.join(folder, name)))
  expect(made).toEqual(['600', '600'])
})

test('a folder, a database and a place that are there are left as their owner made them', async () => {
  const folder = tmpDir()
  const open = path.join(folder, 'open')
  mkdirSync(open, { mode: 0o755 })
  writeFileSync(path.join(open, 'test.db'), '', { mode: 0o640 })
  writeFileSync(path.join(folder, 'x.csv'), 'id\n1\n')
  writeFileSync(path.join(folder, 'mine'), '')
  const env = { TALLYMAN_DATABASE: 'sqlite:open/test.db' }
  await tallyman(folder, IMPORT, env)
  expect((await tallyman(folder, ['export', 't', '--to', 'out.csv'], env)).code).toBe(0)
  expect(modeOf(open)).toBe('755')
  expect(modeOf(path.join(open, 'test.db'))).toBe('640')
  expect(modeOf(path.join(folder, 'out.csv'))).toBe(modeOf(path.join(folder, 'mine')))
})

test('a copy that a killed dry run left is removed, unless its job may be copying', async () => {
  const { folder, store } = await aStore()
  const over = await aJob(store.db, { status: 'failed' })
  const held = await aJob(store.db, { status: 'running' })
  const copyOf = (id: number) => path.join(folder, `test.db-rehearsal-${id}`)
  for (const id of [over.id, held.id, 99]) writeFileSync(copyOf(id), 'a copy')
  writeFileSync(`${copyOf(99)}-journal`, 'of it')
  await tallyman(folder, ['worker', '--once'])
  const left = readdirSync(folder).filter((name) => name.includes('rehearsal'))
  expect(left).toEqual([path.basename(copyOf(held.id))])

  writeFileSync(copyOf(over.id), 'a copy')
  await aServer(folder, ['--workers', '0'])
  while (existsSync(copyOf(over.id))) await pause(5)
  expect(existsSync(copyOf(held.id))).toBe(true)
})

test('what a killed backup left is removed by the next one into the folder', async () => {
  const { folder } = await aStore()
  const { pid: dead } = spawnSync(process.execPath, ['--version'])
  const leftBy = (host: string, pid: number, end = '') =>
    `monday.db.tallyman-backup-${host}-${pid}${end}`
  const kept = [leftBy(hostname(), process.pid), leftBy('elsewhere', dead), 'tuesday.db']
  const left = [leftBy(hostname(), dead), leftBy(hostname(), dead, '-journal')]
  for (const name of [...kept, ...left]) writeFileSync(path.join(folder, name), 'mine')
  expect((await tallyman(folder, ['backup', 'wednesday.db'])).code).toBe(0)
  const found = readdirSync(folder)
  expect(found).toEqual(expect.arrayContaining([...kept, 'wednesday.db']))
  expect(found.filter((name) => left.includes(name))).toEqual([])
})
