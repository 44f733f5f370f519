import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../../src/db/open.ts'
import { problemText } from '../../../src/i18n/catalogue.ts'
import { InvalidInputError } from '../../../src/domain/words/errors.ts'
import { aStore } from '../../support/a-store.ts'
import { tallyman } from '../../support/programs/cli.ts'
import { transactionPool } from '../../support/cluster/transaction-pool.ts'
import { databaseIn } from '../../support/databases.ts'
import { findPostgres } from '../../support/postgres/find.ts'
import { startOwnServer } from '../../../src/cli/postgres/own-server.ts'
import { tmpDir } from '../../support/tmp.ts'

async function urlWith(parameters: Record<string, string>): Promise<URL> {
  const url = new URL(await databaseIn(tmpDir(), 'test.db'))
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url
}

async function sentenceOf(url: URL): Promise<string> {
  const opened = openStore(url.href).then((store) => store.close())
  const error: unknown = await opened.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof InvalidInputError)) throw new Error(`it was ${String(error)}`)
  const sentence = problemText('en', error.problem)
  expect(sentence).not.toContain('cret')
  return sentence
}

test('what the address has no meaning for is refused, and not overlooked', async () => {
  expect(await sentenceOf(await urlWith({ tallyman_shema: 'x' }))).toMatch(
    /no parameter "tallyman_shema"; .*tallyman_schema/,
  )
  expect(await sentenceOf(await urlWith({ sslmode: 'yes' }))).toContain('verify-full')
  expect(await sentenceOf(await urlWith({ statement_timeout: 'soon' }))).toContain('30s')
  const opening = openStore('postgres://ana:se/cret@[host/x')
  await expect(opening).rejects.toMatchObject({
    problem: { problem: 'no_postgres_url', database: 'postgres://…@[host/x' },
  })
})

test('the search path and timeouts of the address hold in every session', async () => {
  const url = await urlWith({ search_path: '"$user", public', statement_timeout: '7s' })
  const store = await openStore(url.href)
  onTestFinished(() => store.close())
  const { rows } = await sql`
    select current_setting('search_path') as path, current_setting('statement_timeout') as timeout,
           current_setting('application_name') as name`.execute(store.db)
  expect(rows).toEqual([{ path: '"$user", public', timeout: '7s', name: store.process }])
  expect(store.process).toMatch(/^tallyman \S+:\d+ [0-9a-f]{8}$/)
})

test('a search path that names no schema is refused, and the table is not made elsewhere', async () => {
  for (const search_path of ['saels', 'saels,public', 'public, "Sa,els"']) {
    for (const more of [{}, { tallyman_schema: 'own' }]) {
      const sentence = await sentenceOf(await urlWith({ search_path, ...more }))
      expect(sentence).toMatch(/^The search_path of the address names the schema (saels|Sa,els), /)
    }
  }
  const { db } = (await aStore()).store
  const { rows } = await sql`select 1 from pg_namespace where nspname = 'own'`.execute(db)
  expect(rows).toEqual([])
})

test('a table is not made in Tallyman’s own schema where the user has none', async () => {
  const { folder, store } = await aStore()
  const clean = () => sql`drop schema if exists own cascade`.execute(store.db)
  onTestFinished(async () => void (await clean()))
  writeFileSync(path.join(folder, 'people.csv'), 'id,name\n1,Ana\n')
  const url = new URL(store.url)
  url.searchParams.set('tallyman_schema', 'own')
  url.searchParams.set('options', '-c search_path=saels')
  const args = ['import', 'people.csv', '--create', '--database', url.href, '--into']
  const into = async (table: string) => await tallyman(folder, args.concat(table))
  const { code, err } = await into('people')
  expect([code, err]).toEqual([
    2,
    expect.stringContaining('The search path has no schema for the table people; write one'),
  ])
  expect(await into('public.people')).toMatchObject({ code: 0 })
})

test('a statement that takes too long is told as that', async () => {
  const { folder, store } = await aStore()
  const url = new URL(store.url)
  url.searchParams.set('statement_timeout', '50ms')
  await sql`create view slow as select pg_sleep(100)::text as x`.execute(store.db)
  const args = ['export', 'slow', '--to', 'slow.csv', '--database', url.href]
  const { code, err, out } = await tallyman(folder, args)
  expect([code, out + err]).toEqual([1, expect.stringContaining('statement_timeout')])
})

test('a schema of its own holds Tallyman’s tables, and the user’s stay where they are', async () => {
  const schema = `Tally ${randomUUID().slice(0, 8)}`
  const { folder, store: plain } = await aStore()
  const clean = () => sql.raw(`drop schema if exists "${schema}" cascade`).execute(plain.db)
  onTestFinished(async () => void (await clean()))
  writeFileSync(path.join(folder, 'people.csv'), 'id,name\n1,Ana\n')
  const url = new URL(plain.url)
  url.searchParams.set('tallyman_schema', schema)
  const args = ['import', 'people.csv', '--into', 'people', '--create', '--database', url.href]
  expect(await tallyman(folder, args)).toMatchObject({ code: 0 })
  const { rows } = await sql`
    select relnamespace::regnamespace::text as schema, relname as name from pg_class
    where relname in ('people', 'tallyman_worker') order by 2, 1`.execute(plain.db)
  expect(rows).toEqual([
    { schema: 'public', name: 'people' },
    { schema: `"${schema}"`, name: 'tallyman_worker' },
    { schema: 'public', name: 'tallyman_worker' },
  ])
  // The jobs of one are none of the other's.
  const listed = await tallyman(folder, ['jobs', 'list', '--json', '--database', url.href])
  expect(JSON.parse(listed.out)).toMatchObject({ jobs: [{ id: 1, status: 'finished' }] })
  expect(await plain.db.selectFrom('tallyman_job').select('id').execute()).toEqual([])
  expect(await tallyman(folder, ['verify', '--database', url.href])).toMatchObject({ code: 0 })
})

test('a user without the right to make tables is told which one, and where', async () => {
  const { store } = await aStore()
  const role = `poor_${randomUUID().slice(0, 8)}`
  await sql.raw(`create role ${role} login`).execute(store.db)
  onTestFinished(async () => void (await sql.raw(`drop role ${role}`).execute(store.db)))
  const url = await urlWith({ tallyman_schema: 'nowhere' })
  url.username = role
  url.password = 'se-cret'
  expect(await sentenceOf(url)).toMatch(
    new RegExp(`^${role} may not make Tallyman’s tables in the schema nowhere: permission denied`),
  )
})

test('a user without rights to Tallyman’s tables is told that they are there', async () => {
  const { store } = await aStore()
  const role = `other_${randomUUID().slice(0, 8)}`
  await sql.raw(`create role ${role} login`).execute(store.db)
  onTestFinished(async () => void (await sql.raw(`drop role ${role}`).execute(store.db)))
  const url = Object.assign(new URL(store.url), { username: role, password: 'se-cret' })
  const there = `^${role} may not use Tallyman’s tables, which are in the schema public already: `
  expect(await sentenceOf(url)).toMatch(new RegExp(there))
})

test('a pool that changes the session with each transaction is told from the server', async () => {
  const pool = await transactionPool(await databaseIn(tmpDir(), 'test.db'))
  onTestFinished(() => pool.stop())
  expect(await sentenceOf(new URL(pool.url))).toContain('pool_mode = session')
})

test('a server that is away, without TLS, or with another password is told in one sentence', async () => {
  const found = findPostgres({ ...process.env, TEST_DATABASE_URL: '' })
  if (found === undefined || 'url' in found) throw new Error('there are no programs of PostgreSQL')
  const server = await startOwnServer(found, { auth: 'scram-sha-256' })
  const url = new URL(server.url)
  const store = await openStore(`${url.href}?sslmode=prefer`)
  await store.close()
  url.password = 'another-secret'
  expect(await sentenceOf(url)).toMatch(/does not let in postgres: password authentication failed/)
  url.searchParams.set('sslmode', 'require')
  expect(await sentenceOf(url)).toMatch(/^There is no TLS connection to 127.0.0.1:\d+: .*sslmode/)
  url.searchParams.set('sslmode', 'verify-ca')
  expect(await sentenceOf(url)).toContain('sslrootcert')
  await server.stop()
  expect(await sentenceOf(new URL(server.url))).toMatch(
    /^No PostgreSQL answers at 127.0.0.1:\d+ \(.*ECONNREFUSED/,
  )
})

test('a database that lacks characters is refused, and one that takes all bytes is not', async () => {
  const { store } = await aStore()
  const make = async (encoding: string) => {
    const name = `base_${randomUUID().slice(0, 8)}`
    const options = `encoding '${encoding}' locale 'C' template template0`
    await sql.raw(`create database ${name} ${options}`).execute(store.db)
    onTestFinished(async () => void (await sql.raw(`drop database ${name}`).execute(store.db)))
    return Object.assign(new URL(store.url), { pathname: `/${name}` })
  }
  expect(await sentenceOf(await make('LATIN1'))).toMatch(/keeps texts as LATIN1, .*UTF8/)
  const opened = await openStore((await make('SQL_ASCII')).href)
  await opened.close()
})
