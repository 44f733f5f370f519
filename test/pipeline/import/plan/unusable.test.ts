import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { InvalidInputError, UnusableError } from '../../../../src/domain/words/errors.ts'
import type { Problem } from '../../../../src/domain/words/problems.ts'
import type { ImportSpecification } from '../../../../src/domain/specification/specification.ts'
import { parseExportSpecification } from '../../../../src/domain/specification/parse-specification.ts'
import { checkExport } from '../../../../src/pipeline/export/check-export.ts'
import { checkImport } from '../../../../src/pipeline/import/plan/check-import.ts'
import { importState } from '../../../../src/pipeline/import/opening/resume-state.ts'
import { sourceColumns } from '../../../../src/pipeline/import/plan/source-columns.ts'
import { aForeignDatabase } from '../../../support/a-foreign-database.ts'
import * as anExport from '../../../support/pipeline/an-export.ts'
import { run, specify, written } from '../../../support/pipeline/an-import.ts'

type Given = Partial<ImportSpecification>

/** What is said before there is a job, which is what a job that is there already fails with. */
async function refused(setup: string, given: Given = {}): Promise<Problem | undefined> {
  const { folder, store } = await aForeignDatabase(setup)
  const wanted = specify({
    path: written(folder, 'id,a\n1,x\n'),
    table: 't',
    operation: 'insert',
    ...given,
  })
  const before: unknown = await checkImport(store, wanted).catch((error: unknown) => error)
  const during: unknown = await run(store, wanted).catch((error: unknown) => error)
  if (!(before instanceof InvalidInputError)) return undefined
  expect(during).toBeInstanceOf(UnusableError)
  expect(during).toMatchObject({ problem: before.problem })
  return before.problem
}

async function exportRefused(setup: string): Promise<Problem | undefined> {
  const { folder, store } = await aForeignDatabase(setup)
  const file = path.join(folder, 'out.csv')
  const wanted = parseExportSpecification({ path: file, table: 'v' })
  const before: unknown = await checkExport(store, wanted).catch((error: unknown) => error)
  const during: unknown = await anExport
    .run(store, anExport.specify({ path: file, table: 'v' }))
    .catch((error: unknown) => error)
  expect(during).toMatchObject({ problem: expect.anything() })
  return before instanceof InvalidInputError ? before.problem : undefined
}

const T = 'create table t (id integer primary key, a text);'

describe('a table is refused in one sentence', () => {
  test('whose foreign key leads to columns that are not unique', async () => {
    const parent = 'create table e (x text, y text);'
    const child = 'create table t (id integer primary key, a text, b text, '
    const problem = { problem: 'foreign_key_mismatch', child: 't', parent: 'e' }
    const one = await refused(`${parent}${child} foreign key (a) references e (x))`)
    expect(one).toEqual({ ...problem, columns: 'x' })
    const two = await refused(`${parent}${child} foreign key (a, b) references e (x, y))`)
    expect(two).toEqual({ ...problem, columns: 'x, y' })
  })

  test('whose foreign key leads nowhere', async () => {
    const setup = 'create table t (id integer primary key, a text references nowhere (x))'
    const problem = { problem: 'table_unusable', table: 't', detail: 'no such table: main.nowhere' }
    expect(await refused(setup)).toEqual(problem)
  })

  test('to which another refers by columns that are not unique, where rows are deleted', async () => {
    const setup = `${T} create table c (x text references t (a))`
    const problem = { problem: 'foreign_key_mismatch', child: 'c', parent: 't', columns: 'a' }
    expect(await refused(setup, { operation: 'delete', key: ['id'] })).toEqual(problem)
    expect(await refused(setup, { operation: 'reconcile', key: ['id'] })).toBeUndefined()
  })

  test.each([
    ['a CHECK', 'create table t (id integer, a text check (foreign_rank(a) > 0))', 'TABLE t'],
    ['a default', 'create table t (id integer, a text default (foreign_rank(1)))', 'TABLE t'],
    ['a generated column', 'create table t (id, a, b as (foreign_rank(a)) stored)', 'TABLE t'],
    ['an index', `${T} create index i on t (foreign_rank(a))`, 'INDEX i'],
    [
      'a trigger',
      `${T} create trigger g after insert on t begin update t set a = foreign_rank(a); end`,
      'TRIGGER g',
    ],
  ])('of which %s calls an unknown function', async (_what, setup, definition) => {
    const lack = { problem: 'function_missing', name: 'foreign_rank' }
    expect(await refused(setup)).toEqual({ ...lack, definition: `CREATE ${definition}` })
  })

  test('whose index sorts by an unknown collation', async () => {
    const setup = `${T} create index i on t (a collate foreign_order)`
    const lack = { problem: 'collation_missing', name: 'foreign_order' }
    expect(await refused(setup)).toEqual({ ...lack, definition: 'CREATE INDEX i' })
  })

  test('whose column of an unknown collation is the key, and only then', async () => {
    const setup = 'create table t (id integer primary key, a text collate foreign_order)'
    const lack = { problem: 'collation_missing', name: 'foreign_order' }
    expect(await refused(setup, { key: ['a'] })).toEqual({ ...lack, definition: 'CREATE TABLE t' })
    expect(await refused(setup, { key: ['id'] })).toBeUndefined()
  })

  test('whose trigger has a text in double quotes, unless the trigger is of another operation', async () => {
    const setup = `${T} create trigger touched after update on t
      begin update t set a = datetime("now") where id = new.id; end`
    expect(await refused(setup, { key: ['id'], operation: 'insert_or_update' })).toEqual({
      problem: 'double_quoted_text',
      definition: 'CREATE TRIGGER touched',
      text: 'now',
    })
    expect(await refused(setup)).toBeUndefined()
  })

  test('whose module is missing', async () => {
    const problem = { problem: 'module_missing', table: 't', name: 'foreign_module' }
    expect(await refused('create virtual table t using foreign_module(a)')).toEqual(problem)
  })

  test('that a full-text table keeps for itself', async () => {
    const setup = 'create virtual table f using fts5 (a)'
    const problem = { problem: 'only_read', table: 'f_content' }
    expect(await refused(setup, { table: 'f_content', map: { a: 'c0' } })).toEqual(problem)
  })
})

test('a full-text table is filled by a key, without an index', async () => {
  const { folder, store } = await aForeignDatabase('create virtual table t using fts5 (id, a)')
  const wanted = { table: 't', key: ['id'], path: written(folder, 'id,a\n1,x\n2,y\n1,z\n') }
  const { last, batches } = await run(store, specify(wanted))
  expect(last.counters).toMatchObject({ inserted: 2, updated: 1 })
  expect(batches.flatMap(({ journal }) => journal).map(({ code }) => code)).not.toContain(
    'TLY-1014',
  )
  const { rows } = await sql`select * from t order by id`.execute(store.db)
  expect(rows).toEqual([
    { id: '1', a: 'z' },
    { id: '2', a: 'y' },
  ])
})

describe('a record is rejected alone', () => {
  test.each([
    ['a CHECK', `a text check (json_extract(a, '$') is not null)`, 'TLY-3011'],
    ['a generated column', `a text, b as (json_extract(a, '$')) stored`, 'TLY-3011'],
    ['an index', `a text); create index i on t (json_extract(a, '$')`, 'TLY-3011'],
  ])('at whose value a function in %s fails', async (_what, columns, code) => {
    const { folder, store } = await aForeignDatabase(`create table t (id integer, ${columns})`)
    const lines = Array.from({ length: 90 }, (_, id) => `${id},${id === 70 ? '{' : '[1]'}\n`)
    const file = written(folder, `id,a\n${lines.join('').replaceAll('[1]', '1')}`)
    const { last, batches } = await run(
      store,
      specify({ path: file, table: 't', operation: 'insert' }),
    )
    expect(last.counters).toMatchObject({ inserted: 89, rejects: 1 })
    const rejects = batches.flatMap((batch) => batch.rejects)
    expect(rejects).toMatchObject([{ record: 71, code, params: { detail: 'malformed JSON' } }])
    const { rows } = await sql`select count(*) as count from t`.execute(store.db)
    expect(rows).toEqual([{ count: 89 }])
  })

  test('that a virtual table does not take', async () => {
    const { folder, store } = await aForeignDatabase(
      'create virtual table t using rtree (id, a, b)',
    )
    const file = written(folder, 'id,a,b\n1,5,2\n2,1,2\n')
    const { last, batches } = await run(
      store,
      specify({ path: file, table: 't', operation: 'insert' }),
    )
    expect(last.counters).toMatchObject({ inserted: 1, rejects: 1 })
    expect(batches.flatMap((batch) => batch.rejects)).toMatchObject([{ code: 'TLY-3011' }])
  })
})

describe('an export is refused in one sentence', () => {
  test.each([
    [
      'a view of a table that was dropped',
      'create table x (a); create view v as select * from x; drop table x',
      'table_unusable',
    ],
    [
      'a view with an unknown function',
      `${T} create view v as select foreign_rank(a) from t`,
      'function_missing',
    ],
    [
      'a view with an unknown collation',
      `${T} create view v as select a from t order by a collate foreign_order`,
      'collation_missing',
    ],
    [
      'a view with a text in double quotes',
      `${T} create view v as select * from t where a = "open"`,
      'double_quoted_text',
    ],
    [
      'a table whose module is missing',
      'create virtual table v using foreign_module(a)',
      'module_missing',
    ],
    [
      'a generated column with an unknown function',
      'create table v (a, b as (foreign_rank(a)))',
      'function_missing',
    ],
  ])('of %s', async (_what, setup, problem) => {
    expect(await exportRefused(setup)).toMatchObject({ problem })
  })

  test('of a view whose function fails at a row', async () => {
    const setup = `${T} insert into t values (1, '{'); create view v as select json_extract(a, '$') from t`
    const { folder, store } = await aForeignDatabase(setup)
    const wanted = anExport.specify({ path: path.join(folder, 'out.csv'), table: 'v' })
    await expect(anExport.run(store, wanted)).rejects.toMatchObject({
      problem: { problem: 'table_unusable', table: 'v', detail: 'malformed JSON' },
    })
  })
})

test('the columns of a source are known without its table, once that cannot be used', async () => {
  const { store, folder } = await aForeignDatabase(T)
  const wanted = specify({ path: written(folder, 'id,a\n1,x\n'), table: 't', operation: 'insert' })
  const { checkpoint } = (await run(store, wanted)).last
  const memo = importState.parse(checkpoint.memo)
  const named = [
    { name: 'id', field: 'id' },
    { name: 'a', field: 'a' },
  ]
  expect(await sourceColumns(store, memo, wanted)).toEqual(named)
  await sql`drop table t`.execute(store.db)
  await sql`create view t as select gone(1) as a`.execute(store.db)
  const unknown = named.map(({ name }) => ({ name, field: undefined }))
  expect(await sourceColumns(store, memo, wanted)).toEqual(unknown)
})
