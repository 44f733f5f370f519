import path from 'node:path'
import { expect, test } from 'vitest'
import { readConfig, readServerConfig, readWorkerConfig } from '../src/config.ts'
import { WrongSettingsError } from '../src/domain/words/errors.ts'

function wrongIn(env: NodeJS.ProcessEnv, typed = {}) {
  try {
    readServerConfig(env, typed)
  } catch (error) {
    if (error instanceof WrongSettingsError) return error.wrong.map(({ name }) => name)
    throw error
  }
  return []
}

test('without a word a server listens on this machine alone, and trusts nobody', () => {
  expect(readServerConfig({ TALLYMAN_PORT: '' }, {})).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    basePath: '',
    hosts: [],
    trustedOrigins: [],
    operatorHeader: null,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    inboxes: [path.join('tallyman-data', 'inbox')],
    logLevel: 'info',
    keepDays: null,
  })
})

test('what was typed goes before the environment', () => {
  const env = { TALLYMAN_PORT: '4000', TALLYMAN_HOST: '::1', TALLYMAN_WORKERS: '0' }
  expect(readServerConfig(env, { port: '5000' })).toMatchObject({
    host: '::1',
    port: 5000,
    workers: 0,
  })
})

test('a worker reads how long jobs are kept and how many a table has, and no more', () => {
  const env = { TALLYMAN_KEEP_DAYS: '30', TALLYMAN_PORT: 'x' }
  expect(readWorkerConfig(env, {})).toEqual({ keepDays: 30, jobsPerTable: null })
  const limited = { ...env, TALLYMAN_JOBS_PER_TABLE: '2' }
  expect(readWorkerConfig(limited, { keepDays: '7' })).toEqual({ keepDays: 7, jobsPerTable: 2 })
  expect(wrongIn({}, { keepDays: 'x' })).toEqual(['--keep-days'])
})

test('a base path is read with and without its slashes', () => {
  const read = (given: string) => readServerConfig({ TALLYMAN_BASE_PATH: given }, {}).basePath
  expect(['/', 'a', '/a/', '/a/b-c.d'].map(read)).toEqual(['', '/a', '/a', '/a/b-c.d'])
})

test('lists are read with spaces and empty parts', () => {
  const env = {
    TALLYMAN_TRUSTED_ORIGINS: 'https://Tally.example/, http://10.0.0.1:8080,',
    TALLYMAN_HOSTS: 'Tally.example, tally:8080,[fd00::7]:80 ,',
    TALLYMAN_INBOX: ['/srv/in', '/srv/more'].join(path.delimiter),
  }
  expect(readServerConfig(env, {})).toMatchObject({
    trustedOrigins: ['https://tally.example', 'http://10.0.0.1:8080'],
    hosts: ['tally.example', 'tally:8080', '[fd00::7]:80'],
    inboxes: ['/srv/in', '/srv/more'],
  })
})

test.for([
  ['TALLYMAN_PORT', '65536'],
  ['TALLYMAN_PORT', '80x'],
  ['TALLYMAN_PORT', '-1'],
  ['TALLYMAN_WORKERS', '65'],
  ['TALLYMAN_KEEP_DAYS', '0'],
  ['TALLYMAN_KEEP_DAYS', 'a year'],
  ['TALLYMAN_BASE_PATH', '/a/../b'],
  ['TALLYMAN_BASE_PATH', '/:id'],
  ['TALLYMAN_TRUSTED_ORIGINS', 'tally.example'],
  ['TALLYMAN_TRUSTED_ORIGINS', 'https://tally.example/path'],
  ['TALLYMAN_TRUSTED_ORIGINS', 'https://user@tally.example'],
  ['TALLYMAN_TRUSTED_ORIGINS', 'file:///etc'],
  ['TALLYMAN_HOSTS', 'https://tally.example'],
  ['TALLYMAN_HOSTS', 'tally.example/path'],
  ['TALLYMAN_HOSTS', 'a b'],
  ['TALLYMAN_OPERATOR_HEADER', 'X User'],
  ['TALLYMAN_TRUSTED_PROXIES', 'proxy.example'],
  ['TALLYMAN_TRUSTED_PROXIES', '10.0.0.0/33'],
  ['TALLYMAN_TIME_ZONE', 'Mars/Phobos'],
  ['TALLYMAN_LOG_LEVEL', 'loud'],
] as const)('%s=%s is refused by its name', ([variable, value]) => {
  expect(wrongIn({ [variable]: value })).toEqual([variable])
})

test('everything that is wrong is told at once, and by the flag where one was typed', () => {
  const env = { TALLYMAN_PORT: '1', TALLYMAN_LOG_LEVEL: 'loud', TALLYMAN_TIME_ZONE: 'x' }
  expect(wrongIn(env, { port: 'x' })).toEqual([
    '--port',
    'TALLYMAN_TIME_ZONE',
    'TALLYMAN_LOG_LEVEL',
  ])
})

test('files are kept in the database of a server, beside a file, or where somebody says', () => {
  const read = (env: NodeJS.ProcessEnv, database: string, files?: string) => {
    const config = readConfig(env, { database, files })
    return { files: config.files, outbox: config.outbox }
  }
  const [sqlite, postgres] = ['sqlite:a.db', 'postgresql://u@h/d']
  const outbox = path.resolve('tallyman-data', 'outbox')
  const folder = path.resolve('share')
  const shared = { files: { folder }, outbox: path.join(folder, 'results') }
  expect(read({}, sqlite)).toEqual({ files: 'beside', outbox })
  expect(read({}, postgres)).toEqual({ files: 'database', outbox })
  expect(read({}, sqlite, 'database')).toEqual({ files: 'database', outbox })
  expect(read({ TALLYMAN_FILES: 'share' }, postgres)).toEqual(shared)
  expect(read({ TALLYMAN_FILES: 'other' }, sqlite, 'share')).toEqual(shared)
  const named = read({ TALLYMAN_FILES: 'share', TALLYMAN_OUTBOX: 'out' }, postgres)
  expect(named).toEqual({ ...shared, outbox: path.resolve('out') })
})
