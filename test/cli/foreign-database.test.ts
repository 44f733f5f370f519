import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aForeignDatabase } from '../support/a-foreign-database.ts'
import { tallyman } from '../support/programs/in-process.ts'
import { written } from '../support/pipeline/an-import.ts'

const TABLE = 'create table t (id integer primary key, a text);'
const TRIGGER = `create trigger touched after insert on t begin
  update t set a = datetime("now") where id = new.id; end;`

test.each([
  ['C', /^CREATE TRIGGER touched has the text "now" in double quotes, .* single quotes\.\n$/],
  ['es_ES', /^CREATE TRIGGER touched contiene el texto "now" entre comillas dobles, .*\.\n$/],
])(
  'a table that cannot be written is refused before there is a job (%s)',
  async (locale, sentence) => {
    const { folder } = await aForeignDatabase(TABLE + TRIGGER)
    written(folder, 'id,a\n1,x\n')
    const run = (...args: string[]) => tallyman(folder, args, { LC_ALL: locale })
    const { code, err, out } = await run('import', 'source.csv', '--into', 't', '--key', 'id')
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(sentence)
    expect(JSON.parse((await run('jobs', 'list', '--json')).out)).toEqual({ jobs: [] })
  },
)

test('a view that cannot be read is refused before there is a job', async () => {
  const view = 'create view v as select a from t order by a collate foreign_order;'
  const { folder } = await aForeignDatabase(TABLE + view)
  const { code, err } = await tallyman(folder, ['export', 'v', '--to', 'out.csv'])
  expect(code).toBe(2)
  expect(err).toMatch(/^CREATE VIEW v sorts by the collation foreign_order, .*\.\n$/)
})

test('a table that can no longer be read is told by verify', async () => {
  const { folder, store } = await aForeignDatabase('')
  written(folder, 'id,a\n1,x\n2,"b"c\n')
  await tallyman(folder, ['import', 'source.csv', '--into', 't', '--create'])
  expect((await tallyman(folder, ['verify'])).code).toBe(0)
  await sql`drop table t`.execute(store.db)
  await sql`create view t as select gone(1)`.execute(store.db)
  const { code, out } = await tallyman(folder, ['verify'])
  expect(code).toBe(4)
  expect(out).toContain('CREATE VIEW t calls the function gone')
})
