import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  freshStore,
  run,
  specify,
  written,
  type SomeOfImport,
} from '../../support/pipeline/an-import.ts'

const PERSON = `create table person (
  id integer primary key,
  name text not null,
  email text unique,
  salary integer check (salary < 100000),
  note text
)`
const SECRETS = ['ann@x.example', 'bob@x.example', '123456', '4e4', 'ann']
const SENSITIVE = { email: { sensitive: true }, salary: { sensitive: true } }

async function imported(text: string, given: SomeOfImport = {}) {
  const { store, folder } = await freshStore(PERSON)
  const path = written(folder, text)
  const wanted = { path, operation: 'insert' as const, fields: SENSITIVE, ...given }
  const { batches } = await run(store, specify(wanted))
  const rejects = batches.flatMap((batch) => batch.rejects)
  const journal = batches.flatMap((batch) => batch.journal)
  const { rows } = await sql<{
    email: string | null
  }>`select email from person order by id`.execute(store.db)
  const stored = JSON.stringify([journal, rejects.map(({ raw, ...one }) => [raw.toString(), one])])
  return {
    rows: rows.map(({ email }) => email),
    lines: rejects.map(({ record, code, raw }) => [record, code, raw.toString()].join(' ')),
    stored,
    found: SECRETS.filter((secret) => stored.includes(secret)),
  }
}

test('a sensitive value goes into the table, and into nothing else that is stored', async () => {
  const { rows, lines, found } = await imported(
    [
      'id,name,email,salary,note',
      '1,Ann,"ann@x.example",1,ok',
      'x,Ann,"ann@x.example",123456,said ann@x.example',
      '2,Ann,bob@x.example,4e4,',
      '3,Ann,ann@x.example,2,',
      '4,,bob@x.example,123456,',
      '5,Ann,ann@x.example,',
      '6,A"nn,ann@x.example,123456,',
    ].join('\n'),
  )
  expect(rows).toEqual(['ann@x.example'])
  expect(found).toEqual(['ann@x.example', 'ann'].filter((secret) => lines.join().includes(secret)))
  expect(lines).toContain('2 TLY-3001 x,Ann,"***",***,said ann@x.example')
  expect(lines).toContain('3 TLY-3001 2,Ann,***,***,')
  expect(lines.filter((line) => /^(6|7) /.test(line))).toEqual(['6 TLY-2003 ***', '7 TLY-2001 ***'])
})

test('the same holds for JSON, for keys, and for what templates are made of', async () => {
  const json = [
    '{"id": 1, "name": "Ann", "email": "ann@x.example", "salary": 1}',
    '{"id": 2, "name": "Ann", "email": "ann@x.example", "salary": "123456x"}',
    '{"id": 3, "name": "Ann", "email": "bob@x.example", "salary": {"a": "4e4"}}',
    '{"id": 4, "name": "Ann", "email": "ann@x.example", "salary": 5}',
  ].join('\n')
  const given = { format: 'json_lines' as const, key: ['email'], doubles: 'reject' as const }
  const ofJson = await imported(json, given)
  expect(ofJson.found).toEqual([])
  expect(ofJson.lines[0]).toBe(
    '2 TLY-3001 {"id": 2, "name": "Ann", "email": "***", "salary": "***"}',
  )

  const made = await imported('id,name,user,host\n1,Ann,ann,x.example\n1,Bob,bob,x.example\n', {
    fields: {
      email: { from: { kind: 'template', text: '{user}@{host}' }, sensitive: true },
    },
  })
  expect(made.found).toEqual([])
  expect(made.lines).toEqual(['2 TLY-3004 1,Bob,***,***'])
})

test('a field that is made of a sensitive one is masked where it is shown, cut or changed', async () => {
  const long = `${'a'.repeat(300)}123456`
  const fields = {
    email: { sensitive: true },
    note: {
      from: { kind: 'template' as const, text: 'of {email}' },
      transforms: [{ kind: 'upper' as const }],
      checks: [{ kind: 'pattern' as const, pattern: 'x*' }],
    },
    salary: { from: { kind: 'expression' as const, source: 'record.email.slice(0, 90)' } },
  }
  const { found, lines, stored } = await imported(`id,name,email\n1,Ann,${long}\n`, { fields })
  expect(lines).toHaveLength(2)
  expect(found).toEqual([])
  expect(stored).not.toMatch(/a{20}/i)
})

test.each([
  'Object.values(record)[2].slice(0, 90)',
  "record['em' + 'ail'].split('').reverse().join('')",
])('what %s makes of a sensitive field is masked, though it does not name it', async (source) => {
  const long = `${'a'.repeat(300)}123456`
  const fields = {
    email: { sensitive: true },
    salary: { from: { kind: 'expression' as const, source } },
  }
  const { found, lines, stored } = await imported(`id,name,email\n1,Ann,${long}\n`, { fields })
  expect(lines).toHaveLength(1)
  expect(found).toEqual([])
  expect(stored).not.toMatch(/a{20}/i)
})

test('a reject that is imported again with its mask is refused', async () => {
  const { rows, lines } = await imported('id,name,email\n1,Ann,***\n2,Bob,bob@x.example\n')
  expect(rows).toEqual(['bob@x.example'])
  expect(lines).toEqual(['1 TLY-3042 1,Ann,***'])
})

test('the types of a table are explained without them', async () => {
  const text = 'id,pin\n1,007\n2,123456\n'
  const fields = { pin: { sensitive: true } }
  const { store, folder } = await freshStore(PERSON)
  const path = written(folder, text)
  const { batches } = await run(
    store,
    specify({ path, table: 'made', create: true, operation: 'insert', fields }),
  )
  expect(JSON.stringify(batches.flatMap(({ journal }) => journal))).not.toMatch(/007|123456/)
})
