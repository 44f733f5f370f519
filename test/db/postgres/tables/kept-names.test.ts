import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { kindOf } from '../../../../src/db/kind.ts'
import { openStore } from '../../../../src/db/open.ts'
import { parseImportSpecification } from '../../../../src/domain/specification/parse-specification.ts'
import { importJob } from '../../../../src/engine/jobs/new-job.ts'
import { createJob, findJob } from '../../../../src/engine/jobs/jobs.ts'
import { aStore } from '../../../support/a-store.ts'
import { tallyman } from '../../../support/programs/cli.ts'

/** A customer in each of two schemas, a file, and the program with a search path. */
async function twoCustomers() {
  const { folder, store } = await aStore()
  const run = async (text: string) => (await sql.raw(text).execute(store.db)).rows
  const drop = async () => void (await run('drop schema if exists sales cascade'))
  await drop()
  onTestFinished(drop)
  for (const schema of ['public', 'sales']) {
    await run(`create schema if not exists ${schema}`)
    await run(`create table ${schema}.customer (id int, v text)`)
  }
  writeFileSync(path.join(folder, 'c.csv'), 'id,v\n1,new\n')
  const within = (searchPath: string) => {
    const url = new URL(store.url)
    url.searchParams.set('search_path', searchPath)
    return url.href
  }
  const program = async (searchPath: string, ...args: string[]) =>
    await tallyman(folder, [...args, '--database', within(searchPath)])
  const rows = async () => ({
    sales: (await run('select id from sales.customer')).length,
    public: (await run('select id from public.customer')).length,
  })
  const storeIn = async (searchPath: string) => {
    const opened = await openStore(within(searchPath))
    onTestFinished(() => opened.close())
    return opened
  }
  return { folder, store, run, program, rows, storeIn }
}

const SALES = 'sales,public'
const act = { now: new Date(), actor: 'somebody' }

test('a job keeps the schema of its table, whoever runs it with whatever search path', async () => {
  const { folder, program, rows, storeIn } = await twoCustomers()
  const add = async (searchPath: string) => {
    const given = { path: path.join(folder, 'c.csv'), table: 'customer' }
    const wanted = importJob(parseImportSpecification(given), {})
    const { db } = await storeIn(searchPath)
    await createJob(db, { ...wanted, status: 'start_pending' }, act)
  }
  await add(SALES)
  expect(await program('public', 'worker', '--once')).toMatchObject({ code: 0 })
  expect(await rows()).toEqual({ sales: 1, public: 0 })

  await add('public')
  expect(await program(SALES, 'worker', '--once')).toMatchObject({ code: 0 })
  expect(await rows()).toEqual({ sales: 1, public: 1 })

  // Each name means the table that it meant, also for whoever reads it elsewhere.
  const names = async (searchPath: string) => {
    const { db } = await storeIn(searchPath)
    return [await findJob(db, 1), await findJob(db, 2)].map((job) => job?.target_table)
  }
  expect(await names('public')).toEqual(['sales.customer', 'customer'])
  expect(await names(SALES)).toEqual(['sales.customer', 'public.customer'])
  for (const searchPath of ['public', SALES]) {
    expect(await program(searchPath, 'verify')).toMatchObject({ code: 0 })
  }
})

test('a file is known again by whatever name its table has, and no other table is taken for it', async () => {
  const { program, rows } = await twoCustomers()
  const add = async (searchPath: string, table: string) =>
    await program(searchPath, 'import', 'c.csv', '--into', table)
  expect(await add(SALES, 'customer')).toMatchObject({ code: 0 })
  // The same name of another table.
  expect(await add('public', 'customer')).toMatchObject({ code: 0 })
  for (const [searchPath, table] of [
    [SALES, 'customer'],
    ['public', 'sales.customer'],
    ['public', 'Customer'],
    [SALES, 'public.customer'],
  ] as const) {
    const again = await add(searchPath, table)
    expect([again.code, again.err]).toEqual([
      2,
      expect.stringContaining('--again: The same file went into'),
    ])
  }
  expect(await rows()).toEqual({ sales: 1, public: 1 })
})

test('a table that is to be made, and one in which values are looked up, keep their schema', async () => {
  const { run, store, storeIn } = await twoCustomers()
  const sales = await storeIn(SALES)
  const given = {
    path: 'c.csv',
    table: 'order',
    create: true,
    fields: { id: { checks: [{ kind: 'exists', table: 'customer', column: 'id' }] } },
  }
  const made = await createJob(sales.db, importJob(parseImportSpecification(given), {}), act)
  const job = await findJob(store.db, made.id)
  expect(job).toMatchObject({
    target_table: 'sales.order',
    label: 'c.csv → sales.order',
    specification: {
      table: 'sales.order',
      fields: { id: { checks: [{ table: 'sales.customer' }] } },
    },
  })
  const { keptName } = kindOf(sales.db)
  await run('create table sales."a.b" (id int)')
  await run('create table public."C.d" (id int)')
  const kept = ['"a.b"', '"C.d"', 'sales.CUSTOMER', 'public.customer', 'x', '"x.y"', 'public.x']
  expect(await Promise.all(kept.map((name) => keptName(sales.db, name)))).toEqual([
    'sales."a.b"',
    '"C.d"',
    'sales.customer',
    'customer',
    'sales.x',
    'sales."x.y"',
    'x',
  ])
})
