import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  DEFAULT_FIELD_OPTIONS as OPTIONS,
  type FieldOptions,
} from '../../src/domain/specification/fields/field-options.ts'
import { freshStore, run, specify, written } from '../support/pipeline/an-import.ts'

async function imported(
  column: string,
  text: string,
  { fields = {}, key = [] }: { fields?: Record<string, FieldOptions>; key?: string[] } = {},
) {
  const { store, folder } = await freshStore(`create table person (id integer, a ${column})`)
  await sql`insert into person (id) values (0)`.execute(store.db)
  const path = written(folder, text)
  const { batches } = await run(store, specify({ path, operation: 'insert', key, fields }))
  const { rows } = await sql<{ id: number; kind: string; a: unknown }>`
    select id, typeof(a) as kind, a from person order by id`.execute(store.db)
  const rejects = batches.flatMap((batch) => batch.rejects)
  return { values: rows.map(({ kind, a }) => [kind, a]), rejects }
}

test.each([
  'na',
  'no',
  'año',
  '"new"',
  '"say ""x"""',
  '`new`',
  '[in brackets]',
  '"current_date"',
  `'it''s'`,
  'true',
  'FALSE',
  'null',
  'current_date',
  '-5',
  '+1.5',
  `x'ab'`,
  `(1 + 2 -- three\n)`,
  `('a' || 'b')`,
])('DEFAULT %s gives an imported record what it gives any other', async (sqlText) => {
  const { values } = await imported(`text default ${sqlText}`, 'id,a\n1,\n2,given\n')
  expect(values).toEqual([values[0], values[0], ['text', 'given']])
})

test('a value that empties the field is not the default, alone or among many', async () => {
  const fields = { a: { ...OPTIONS, emptyOverwrites: true, onError: 'reject' as const } }
  const lines = Array.from({ length: 60 }, (_, at) => `${at + 1},${at % 2 === 0 ? '' : 'given'}\n`)
  const { values } = await imported('text default new', `id,a\n${lines.join('')}`, { fields })
  expect(values).toEqual([
    ['text', 'new'],
    ...lines.map((_, at) => (at % 2 === 0 ? ['null', null] : ['text', 'given'])),
  ])
})

test.each(['text default new', 'blob default "new"', 'integer default 5'])(
  'a field of %s that a warning leaves out gets the default, also where empty values empty it',
  async (column) => {
    for (const emptyOverwrites of [true, false]) {
      const fields = { a: { ...OPTIONS, emptyOverwrites, onError: 'warn' as const } }
      const check = `${column} check (a is null or a not in ('bad', x'bad0', 6))`
      const bad = { text: 'bad', blob: 'bad0', integer: '6' }[column.split(' ')[0] ?? ''] ?? ''
      const text = `id,a\n${[1, 2].map((id) => `${id},${bad}\n`).join('')}`
      const { values, rejects } = await imported(check, text, { fields })
      expect(values).toEqual([values[0], values[0], values[0]])
      expect(rejects.map(({ type, code }) => `${type} ${code}`)).toEqual([
        'warning TLY-3003',
        'warning TLY-3003',
      ])
    }
  },
)

test('a field that must not be empty gets its default where the file empties it with a warning', async () => {
  const fields = { a: { ...OPTIONS, emptyOverwrites: true, onError: 'warn' as const } }
  const { values, rejects } = await imported('text not null default new', 'id,a\n1,\n', { fields })
  expect(values).toEqual([
    ['text', 'new'],
    ['text', 'new'],
  ])
  expect(rejects).toMatchObject([{ type: 'warning', code: 'TLY-3002', field: 'a' }])
})
