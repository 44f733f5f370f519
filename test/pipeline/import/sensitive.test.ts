import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { namedFormat } from '../../../src/domain/specification/fields/named-formats.ts'
import { decode, unitsOf } from '../../../src/pipeline/encodings/decode.ts'
import { encodeText } from '../../../src/pipeline/encodings/encode.ts'
import { maskMembers } from '../../../src/pipeline/formats/json-lines/mask-members.ts'
import { byDatabase } from '../../support/databases.ts'
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

test('a column that fills nothing is masked where it is sensitive, and so is what no column has', async () => {
  const given = { sensitiveColumns: ['Phone', '#4'] }
  const { lines } = await imported('id,name,phone,pin\nx,Ann,555,99\n1,,556,98\n', {
    ...given,
    fields: {},
  })
  expect(lines).toEqual(['1 TLY-3001 x,Ann,***,***', '2 TLY-3002 1,,***,***'])
  const json = [
    '{"id": 1, "name": "Ann", "home": {"phone": "555"}}',
    '{"id": "x", "name": "Ann", "home": {"phone": "555"}}',
  ].join('\n')
  const ofJson = await imported(json, {
    format: 'json_lines',
    sensitiveColumns: ['home'],
    fields: {},
  })
  expect(ofJson.lines).toEqual(['2 TLY-3001 {"id": "x", "name": "Ann", "home": "***"}'])
  const late = maskMembers(Buffer.from('{"id":1,"pin":2,"late":{"x":3}}'), new Set([1]), [
    'id',
    'pin',
  ])
  expect(late?.toString()).toBe('{"id":1,"pin":"***","late":"***"}')
})

test('a column whose name differs from that of a sensitive one in case alone is masked as well', async () => {
  const { lines } = await imported('id,name,email,EMAIL\nx,Ann,ann@x.example,bob@x.example\n')
  expect(lines).toEqual(['1 TLY-3001 x,Ann,***,***'])
  const json = await imported('{"id":"x","name":"Ann","pin":1}\n{"id":"y","Name":"A","PIN":2}\n', {
    format: 'json_lines',
    sensitiveColumns: ['pin'],
    fields: {},
  })
  expect(json.lines.at(-1)).toContain('"PIN":"***"')
})

test('a sensitive column that the file does not have is refused, since nothing would be masked', async () => {
  await expect(
    imported('id,name\n1,Ann\n', { sensitiveColumns: ['phone'], fields: {} }),
  ).rejects.toMatchObject({ problem: { problem: 'no_file_column', column: 'phone' } })
})

test('a field that a sensitive column fills is sensitive', async () => {
  const { lines, stored } = await imported('id,name,email\n1,Ann,***\nx,Bob,bob@x.example\n', {
    sensitiveColumns: ['email'],
    fields: {},
  })
  expect(lines).toEqual(['1 TLY-3042 1,Ann,***', '2 TLY-3001 x,Bob,***'])
  expect(stored).not.toContain('bob@x')
})

test('a short sensitive value is masked where it stands alone, not within words', async () => {
  const { stored } = await imported('id,name,email,note\n1,,x,\nexact x,Ann,x,x\n')
  expect(stored).toContain('exact ***')
  expect(stored).not.toContain('e***act')
})

const PAYMENT = `create table payment (
  id integer primary key,
  amt numeric,
  d date,
  e text,
  n integer check (n <> 77),
  unique (n)
)`

// Where a mask stands in what is known of the job, it says which value is sensitive.
test.each([
  ['1', { amt: 'x' }, 'amt', 'sample 1.234,5'],
  ['31', { d: '2026-02-01' }, 'd', 'sample 31/12/2026'],
  ['H', { e: 'x' }, 'e', 'listed H'],
  ['50', { n: '60' }, 'n', 'wanted 50'],
  ['integer', { n: 'x' }, 'n', 'type integer'],
  ['0', { n: '-1' }, 'n', 'wanted 0'],
  ['payment', { n: '5' }, 'n', 'detail payment.n'],
  ['77', { n: '77' }, 'n', 'detail n <> 77'],
])('what a message says of the job stays as it is beside %s', async (pin, given, field, told) => {
  const { store, folder } = await freshStore(PAYMENT)
  await sql`insert into payment (id, n) values (1, 5)`.execute(store.db)
  const { amt, d, e, n } = { amt: '1', d: '01/02/2026', e: 'H', n: '7', ...given }
  const checks = n === '77' ? [] : [{ kind: 'range' as const, least: '0', most: '50' }]
  const wanted = specify({
    path: written(folder, `id;pin;amt;d;e;n\n2;${pin};${amt};${d};${e};${n}\n`),
    delimiter: ';',
    table: 'payment',
    operation: 'insert',
    sensitiveColumns: ['pin'],
    fields: {
      amt: { format: { kind: 'number', decimal: ',', grouping: '.' } },
      d: { format: namedFormat('dmy') },
      e: { format: { kind: 'enumeration', values: [{ written: 'H', value: 'H' }] } },
      n: { checks },
    },
  })
  const { batches } = await run(store, wanted)
  const rejects = batches.flatMap((batch) => batch.rejects)
  expect(rejects.map((one) => one.field)).toEqual([field])
  const params = Object.entries(rejects[0]?.params ?? {}).map((one) => one.join(' '))
  expect(params.join()).toContain(told)
  expect(params.join()).not.toContain('***')
})

test('what a trigger says is masked, since it may quote what a sensitive value was read as', async () => {
  const { store, folder } = await freshStore(PERSON)
  const told = byDatabase({
    SQLite: `create trigger told before insert on person begin
      select raise(abort, new.email || ' has ' || new.salary); end`,
    PostgreSQL: `create function tell() returns trigger language plpgsql as
      'begin raise exception ''% has %'', new.email, new.salary; end';
      create trigger told before insert on person for each row execute function tell()`,
  })
  await sql.raw(told).execute(store.db)
  const wanted = specify({
    path: written(folder, 'id;email;salary\n1;ann@x.example;1.234,00\n'),
    table: 'person',
    operation: 'insert',
    fields: {
      email: { sensitive: true, transforms: [{ kind: 'upper' }] },
      salary: { sensitive: true, format: { kind: 'number', decimal: ',', grouping: '.' } },
      name: { from: { kind: 'fixed', text: 'Ann' } },
    },
  })
  const { batches } = await run(store, wanted)
  const rejects = batches.flatMap((batch) => batch.rejects)
  expect(rejects.map(({ code, params }) => [code, params])).toEqual([
    ['TLY-3011', { detail: '***' }],
  ])
})

test.each(['utf-16le', 'utf-16be', 'shift_jis'] as const)(
  'a sensitive column is masked by itself in %s',
  async (encoding) => {
    const text = 'id;name;email;salary\r\nx;A;"ア;ン@x";\r\ny;B;アン@x;1\r\nz;C\r\n'
    const bytes = Buffer.from(encodeText(text, encoding) ?? '', 'latin1')
    const { store, folder } = await freshStore(PERSON)
    const path = written(folder, bytes)
    const given = { path, encoding, delimiter: ';', operation: 'insert', table: 'person' } as const
    const { batches } = await run(store, specify({ ...given, fields: SENSITIVE }))
    const rejects = batches.flatMap((batch) => batch.rejects)
    expect(rejects.map(({ raw }) => decode(unitsOf(raw, encoding), encoding).join(''))).toEqual([
      'x;A;"***";',
      'y;B;***;***',
      '***',
    ])
  },
)
