import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  freshStore,
  run,
  specify,
  written,
  type SomeOfImport,
} from '../support/pipeline/an-import.ts'

async function imported(schema: string[], lines: string[], given: SomeOfImport = {}) {
  const [create = '', ...more] = schema
  const { store, folder } = await freshStore(create)
  for (const statement of more) await sql.raw(statement).execute(store.db)
  const path = written(folder, `${lines.join('\n')}\n`)
  const { last, batches } = await run(store, specify({ path, table: 't', ...given }))
  const { rows } = await sql<Record<string, unknown>>`select * from t order by 1`.execute(store.db)
  const told = batches
    .flatMap((batch) => batch.rejects)
    .map(({ record, type, field, code, params }) => [record, type, field, code, params])
  return { rows, told, counters: last.counters }
}

const SWALLOWED = ['warning', null, 'TLY-3013', {}]
const besides = (inserted: number, updated: number, deleted: number) => [
  'warning',
  null,
  'TLY-3015',
  { inserted, updated, deleted },
]
const numbered = (count: number, line: (id: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at + 1))

test('a record that a trigger swallows is ignored, with a warning, and not counted as inserted', async () => {
  const { rows, told, counters } = await imported(
    [
      'create table t (id integer primary key, name text)',
      `create trigger no_bob before insert on t when new.name = 'Bob' begin select raise(ignore); end`,
    ],
    ['id,name', '1,Ann', '2,Bob', '3,Cy'],
    { operation: 'insert' },
  )
  expect(rows.map(({ id }) => id)).toEqual([1, 3])
  expect(counters).toMatchObject({ processed: 3, inserted: 2, ignored: 1, rejects: 0, warnings: 1 })
  expect(told).toEqual([[2, ...SWALLOWED]])
})

test('a row that refers to itself and is moved by a trigger is one row, and no other is gone', async () => {
  const { rows, told, counters } = await imported(
    [
      'create table t (id integer primary key, boss integer references t (id) on update cascade)',
      'create trigger moved after insert on t begin update t set id = id + 40 where id = new.id; end',
    ],
    ['id,boss', '1,1'],
    { key: ['id'] },
  )
  expect(rows).toEqual([{ id: 41, boss: 41 }])
  expect(counters).toMatchObject({ processed: 1, inserted: 1, warnings: 2 })
  expect(told).toEqual([
    [1, 'warning', 'id', 'TLY-3014', { given: '1', stored: '41' }],
    [1, 'warning', 'boss', 'TLY-3014', { given: '1', stored: '41' }],
  ])
})

test('a record that UNIQUE ON CONFLICT IGNORE drops is ignored, with the rule that dropped it', async () => {
  const { rows, told, counters } = await imported(
    [
      'create table t (id integer primary key, label text not null, unique (label) on conflict ignore)',
    ],
    ['id,label', '1,one', '2,one', '3,three'],
    { key: ['id'] },
  )
  expect(rows.map(({ id }) => id)).toEqual([1, 3])
  expect(counters).toMatchObject({ processed: 3, inserted: 2, ignored: 1, rejects: 0, warnings: 1 })
  expect(told).toEqual([[2, 'warning', 'label', 'TLY-3016', { detail: 't.label' }]])
})

test.each([2, 60])(
  'an upsert of %i records leaves the other columns of a row alone where the key says REPLACE',
  async (count) => {
    const { rows, counters } = await imported(
      [
        'create table t (id text primary key on conflict replace, name text, phone text)',
        `insert into t values ('1', 'Ann', '555-0100')`,
      ],
      ['id,name', ...numbered(count, (id) => `${id},n${id}`)],
      { key: ['id'] },
    )
    expect(rows).toContainEqual({ id: '1', name: 'n1', phone: '555-0100' })
    expect(counters).toMatchObject({ updated: 1, inserted: count - 1 })
  },
)

test('NOT NULL ON CONFLICT FAIL leaves no half of a group: each record goes in once or is rejected', async () => {
  const { rows, told, counters } = await imported(
    ['create table t (id int, name text not null on conflict fail)'],
    ['id,name', ...numbered(60, (id) => `${id},${id === 30 ? '' : 'x'}`)],
    { operation: 'insert' },
  )
  expect(new Set(rows.map(({ id }) => id)).size).toBe(59)
  expect(rows).toHaveLength(59)
  expect(counters).toMatchObject({ inserted: 59, rejects: 1 })
  expect(told).toEqual([[30, 'error', 'name', 'TLY-3002', {}]])
})

test('a deletion that a trigger swallows is not counted as deleted', async () => {
  const { rows, told, counters } = await imported(
    [
      'create table t (id integer primary key, name text, locked int)',
      `insert into t values (1, 'Old', 1), (2, 'New', 0)`,
      'create trigger g before delete on t when old.locked begin select raise(ignore); end',
    ],
    ['id', '1', '2'],
    { key: ['id'], operation: 'delete' },
  )
  expect(rows.map(({ id }) => id)).toEqual([1])
  expect(counters).toMatchObject({ deleted: 1, ignored: 1, warnings: 1 })
  expect(told).toEqual([[1, ...SWALLOWED]])
})

test('a row that would replace another one is rejected, and the other one stays', async () => {
  const { rows, told, counters } = await imported(
    [
      'create table t (id integer primary key, label text unique on conflict replace, note text)',
      `insert into t values (1, 'one', 'kept')`,
    ],
    ['id,label', '2,one', '3,three', '3,one'],
    { key: ['id'] },
  )
  expect(rows).toEqual([
    { id: 1, label: 'one', note: 'kept' },
    { id: 3, label: 'three', note: null },
  ])
  const unique = ['error', 'label', 'TLY-3004', { detail: 't.label' }]
  expect(told).toEqual([
    [1, ...unique],
    [3, ...unique],
  ])
  expect(counters).toMatchObject({ inserted: 1, rejects: 2 })
})

test.each([2, 120])(
  'where an index sees the case and the table does not, a key of %i finds what the table finds',
  async (count) => {
    const { rows, counters } = await imported(
      [
        'create table t (name text collate nocase, note text)',
        'create unique index by_name on t (name collate binary)',
      ],
      ['name,note', ...numbered(count, (id) => `${id % 2 ? 'n' : 'N'}${Math.ceil(id / 2)},${id}`)],
      { key: ['name'] },
    )
    expect(rows).toHaveLength(count / 2)
    expect(counters).toMatchObject({ inserted: count / 2, updated: count / 2 })
  },
)

test('a value that NOT NULL ON CONFLICT REPLACE would put in the place of none is not taken unseen', async () => {
  const fields = {
    name: { emptyOverwrites: true, onlyIfEmpty: false, onlyOnInsert: false, onError: 'reject' },
  } as const
  const { rows, told } = await imported(
    [
      `create table t (id integer primary key, name text not null on conflict replace default 'nobody')`,
      `insert into t values (1, 'Ann')`,
    ],
    ['id,name', '1,'],
    { key: ['id'], fields },
  )
  expect(rows).toEqual([{ id: 1, name: 'Ann' }])
  expect(told).toEqual([[1, 'error', 'name', 'TLY-3002', {}]])
})

test('a rule that would roll back the batch rejects its record alone', async () => {
  const { rows, told, counters } = await imported(
    [
      'create table t (id integer primary key on conflict rollback, label text unique on conflict ignore)',
    ],
    ['id,label', '1,one', '2,two', '2,three', '3,one', '4,four'],
    { operation: 'insert' },
  )
  expect(rows.map(({ id }) => id)).toEqual([1, 2, 4])
  expect(counters).toMatchObject({ inserted: 3, rejects: 2, ignored: 0 })
  expect(told.map(([record, type]) => [record, type])).toEqual([
    [3, 'error'],
    [4, 'error'],
  ])
})

test('a value that a trigger changes is told, and what it stamps into other columns is not', async () => {
  const { rows, told, counters } = await imported(
    [
      'create table t (id integer primary key, name text, seen integer)',
      'create trigger tidy after insert on t begin update t set name = upper(name), seen = 1 where id = new.id; end',
      'create trigger tidier after update of name on t begin update t set name = upper(name), seen = seen + 1 where id = new.id; end',
    ],
    ['id,name', '1,Ann', '2,BOB', '1,Anna'],
    { key: ['id'] },
  )
  expect(rows).toEqual([
    { id: 1, name: 'ANNA', seen: 3 },
    { id: 2, name: 'BOB', seen: 2 },
  ])
  const changed = (given: string, stored: string) => [
    'warning',
    'name',
    'TLY-3014',
    { given, stored },
  ]
  expect(told).toEqual([
    [1, ...changed('Ann', 'ANN')],
    [3, ...changed('Anna', 'ANNA')],
  ])
  expect(counters).toMatchObject({ inserted: 2, updated: 1, warnings: 2 })
})

test('an update that a trigger takes back was not done', async () => {
  const { rows, told, counters } = await imported(
    [
      'create table t (id integer primary key, name text)',
      `insert into t values (1, 'Ann')`,
      'create trigger back after update on t begin update t set name = old.name where id = old.id; end',
    ],
    ['id,name', '1,Bob'],
    { key: ['id'] },
  )
  expect(rows).toEqual([{ id: 1, name: 'Ann' }])
  expect(told).toEqual([[1, ...SWALLOWED]])
  expect(counters).toMatchObject({ updated: 0, ignored: 1 })
})

test('a row that a trigger takes away after it went in was not inserted', async () => {
  const { rows, told, counters } = await imported(
    [
      'create table t (id integer primary key, name text)',
      `create trigger no_bob after insert on t when new.name = 'Bob' begin delete from t where id = new.id; end`,
    ],
    ['id,name', '1,Ann', '2,Bob'],
    { operation: 'insert' },
  )
  expect(rows).toHaveLength(1)
  expect(told).toEqual([[2, ...SWALLOWED]])
  expect(counters).toMatchObject({ inserted: 1, ignored: 1 })
})

test('a row that a trigger moves is still the record’s', async () => {
  const { rows, told, counters } = await imported(
    [
      'create table t (id integer primary key, name text)',
      'create trigger move after insert on t begin update t set id = id + 100 where id = new.id; end',
    ],
    ['id,name', '1,Ann'],
    { operation: 'insert' },
  )
  expect(rows).toEqual([{ id: 101, name: 'Ann' }])
  expect(told).toEqual([[1, 'warning', 'id', 'TLY-3014', { given: '1', stored: '101' }]])
  expect(counters).toMatchObject({ inserted: 1 })
})

test('other rows that are inserted, changed or deleted with a record are told, and not counted', async () => {
  const { rows, told, counters } = await imported(
    [
      'create table t (id integer primary key, name text)',
      `insert into t values (50, 'old'), (60, 'older')`,
      `create trigger busy before insert on t when new.id < 10 begin
         insert into t values (new.id + 10, 'made');
         update t set name = 'newer' where id = 60;
         delete from t where id = 50;
       end`,
    ],
    ['id,name', '1,Ann', '2,Bob'],
    { operation: 'insert' },
  )
  expect(rows.map(({ id }) => id)).toEqual([1, 2, 11, 12, 60])
  expect(told).toEqual([
    [1, ...besides(1, 1, 1)],
    [2, ...besides(1, 1, 0)],
  ])
  expect(counters).toMatchObject({ inserted: 2, updated: 0, deleted: 0, warnings: 2 })
})

test('rows that a trigger replaces are told, though SQLite tells nobody', async () => {
  const { rows, told } = await imported(
    [
      'create table t (id integer primary key, name text, rank integer unique)',
      `insert into t values (50, 'old', 1), (51, 'kept', 2)`,
      `create trigger first after insert on t when new.name = 'Ann'
       begin insert or replace into t values (99, 'first', 1); end`,
    ],
    ['id,name', '1,Ann', '2,Bob'],
    { operation: 'insert' },
  )
  expect(rows.map(({ id }) => id)).toEqual([1, 2, 51, 99])
  expect(told).toEqual([[1, ...besides(1, 0, 1)]])
})

test('rows that a deletion’s trigger replaces by a clause of the table are told', async () => {
  const { rows, told } = await imported(
    [
      'create table t (id integer primary key, name text unique on conflict replace)',
      `insert into t values (1, 'one'), (2, 'last'), (3, 'kept')`,
      `create trigger last after delete on t begin insert into t values (9, 'last'); end`,
    ],
    ['id', '1'],
    { key: ['id'], operation: 'delete' },
  )
  expect(rows.map(({ id }) => id)).toEqual([3, 9])
  expect(told).toEqual([[1, ...besides(1, 0, 1)]])
})

test('a trigger that replaces the record’s own row changes it', async () => {
  const { rows, told, counters } = await imported(
    [
      'create table t (id integer primary key, name text)',
      'create trigger tidy after insert on t begin insert or replace into t values (new.id, upper(new.name)); end',
    ],
    ['id,name', '1,Ann', '2,BOB'],
    { operation: 'insert' },
  )
  expect(rows.map(({ name }) => name)).toEqual(['ANN', 'BOB'])
  expect(told).toEqual([[1, 'warning', 'name', 'TLY-3014', { given: 'Ann', stored: 'ANN' }]])
  expect(counters).toMatchObject({ inserted: 2 })
})

test('rows that go with the one they refer to are told', async () => {
  const { rows, told, counters } = await imported(
    [
      'create table t (id integer primary key, boss integer references t on delete cascade)',
      'insert into t values (1, null), (2, 1), (3, 2), (4, null)',
    ],
    ['id', '1'],
    { key: ['id'], operation: 'delete' },
  )
  expect(rows.map(({ id }) => id)).toEqual([4])
  expect(told).toEqual([[1, ...besides(0, 0, 2)]])
  expect(counters).toMatchObject({ deleted: 1 })
})

test('what a trigger of another table does to this one is seen as well', async () => {
  const { rows, told } = await imported(
    [
      'create table t (id integer primary key, name text)',
      'create table part (id integer primary key, whole integer references t on delete cascade)',
      `insert into t values (1, 'Ann'), (2, 'Bob')`,
      'insert into part values (7, 1)',
      `create trigger last after delete on part begin update "T" set name = 'alone'; end`,
    ],
    ['id', '1'],
    { key: ['id'], operation: 'delete' },
  )
  expect(rows).toEqual([{ id: 2, name: 'alone' }])
  expect(told).toEqual([[1, ...besides(0, 1, 0)]])
})

test.each(['abort', 'fail'])(
  'of a record that a trigger refuses (%s) nothing is left',
  async (how) => {
    const { rows, told, counters } = await imported(
      [
        'create table t (id integer primary key, name text)',
        `create trigger no_bob after insert on t when new.name = 'Bob' begin
         insert into t values (new.id + 10, 'left');
         select raise(${how}, 'no Bob');
       end`,
      ],
      ['id,name', '1,Ann', '2,Bob', '3,Cy'],
      { operation: 'insert' },
    )
    expect(rows.map(({ id }) => id)).toEqual([1, 3])
    expect(told).toEqual([[2, 'error', null, 'TLY-3011', { detail: 'no Bob' }]])
    expect(counters).toMatchObject({ inserted: 2, rejects: 1, warnings: 0 })
  },
)

test('a table without a rowid is looked at by its primary key', async () => {
  const { rows, told, counters } = await imported(
    [
      'create table t (a text collate nocase, b integer, name text, primary key (a, b)) without rowid',
      `create trigger busy before insert on t when new.b = 1 begin insert into t values (new.a, 2, 'two'); end`,
      `create trigger tidy after insert on t when new.name = 'Ann' begin update t set name = 'ANN', a = upper(a) where a = new.a and b = new.b; end`,
      `create trigger no_bob before insert on t when new.name = 'Bob' begin select raise(ignore); end`,
    ],
    ['a,b,name', 'x,1,Ann', 'y,3,Bob', 'z,3,Cy'],
    { key: ['a', 'b'] },
  )
  expect(rows.map(({ a, b }) => [a, b])).toEqual([
    ['X', 1],
    ['x', 2],
    ['z', 3],
  ])
  expect(told).toEqual([
    [1, 'warning', 'a', 'TLY-3014', { given: 'x', stored: 'X' }],
    [1, 'warning', 'name', 'TLY-3014', { given: 'Ann', stored: 'ANN' }],
    [1, ...besides(1, 0, 0)],
    [2, ...SWALLOWED],
  ])
  expect(counters).toMatchObject({ inserted: 2, ignored: 1 })
})

test('a trigger may ignore conflicts of its own, also where the table has a rule for others', async () => {
  const { rows, told, counters } = await imported(
    [
      'create table t (id integer primary key on conflict replace, tag text, name text unique on conflict ignore)',
      'create table tag (name text unique)',
      'create trigger note after insert on t begin insert or ignore into tag values (new.tag); end',
    ],
    ['id,tag,name', '1,a,x', '2,a,y', '2,b,z', '3,b,x'],
    { operation: 'insert' },
  )
  expect(rows.map(({ id, tag }) => [id, tag])).toEqual([
    [1, 'a'],
    [2, 'a'],
  ])
  expect(told).toEqual([
    [3, 'error', 'id', 'TLY-3004', { detail: 't.id' }],
    [4, 'warning', 'name', 'TLY-3016', { detail: 't.name' }],
  ])
  expect(counters).toMatchObject({ inserted: 2, ignored: 1, rejects: 1 })
})

test('a trigger that ends in an error of its own rejects the record', async () => {
  const { rows, told } = await imported(
    [
      'create table t (id integer primary key, name text)',
      `create trigger deep after insert on t when new.name = 'Bob' begin select json_extract(new.name, '$.a'); end`,
      `create trigger less after insert on t when new.id = 3 begin select abs(-9223372036854775808); end`,
    ],
    ['id,name', '1,Ann', '2,Bob', '3,Cy'],
    { operation: 'insert' },
  )
  expect(rows.map(({ id }) => id)).toEqual([1])
  expect(told).toEqual([
    [2, 'error', null, 'TLY-3011', { detail: 'malformed JSON' }],
    [3, 'error', null, 'TLY-3011', { detail: 'integer overflow' }],
  ])
})

test('a trigger that somebody makes while a job runs is seen from the next batch on', async () => {
  const { store, folder } = await freshStore('create table t (id integer primary key, name text)')
  const path = written(folder, `id,name\n${numbered(200, (id) => `${id},x`).join('\n')}\n`)
  const make = sql`create trigger none before insert on t begin select raise(ignore); end`
  const { last, batches } = await run(store, specify({ path, table: 't', key: ['id'] }), {
    async afterBatch(number) {
      if (number === 2) await make.execute(store.db)
    },
  })
  const before = batches[1]?.counters.inserted
  expect(before).toBeGreaterThan(0)
  expect(last.counters).toMatchObject({ inserted: before, processed: 200 })
  const { rows } = await sql<{ n: number }>`select count(*) as n from t`.execute(store.db)
  expect(rows).toEqual([{ n: before }])
})

test('a group of which fewer rows went in than were asked for is written again record by record', async () => {
  const { store, folder } = await freshStore('create table t (id integer primary key, name text)')
  // Nobody but this connection knows of it.
  await sql`create temp trigger odd before insert on main.t when new.id % 7 = 0
    begin select raise(ignore); end`.execute(store.db)
  const path = written(folder, `id,name\n${numbered(200, (id) => `${id},x`).join('\n')}\n`)
  const { last } = await run(store, specify({ path, table: 't', key: ['id'] }))
  const { rows } = await sql<{ n: number }>`select count(*) as n from t`.execute(store.db)
  expect(rows).toEqual([{ n: 172 }])
  expect(last.counters).toMatchObject({ inserted: 172, ignored: 28, warnings: 28 })
})

test('a trigger that has to do with the very row that is written costs the record alone', async () => {
  const { rows, told, counters } = await imported(
    [
      'create table t (id text primary key, a text unique on conflict replace)',
      `insert into t values ('3', null), ('4', 'Bo')`,
      `create trigger back after delete on t begin insert into t (id, a) values (old.id, 'back'); end`,
      'pragma recursive_triggers = on',
    ],
    ['id,a', '3,Bo', '5,Cy'],
    { key: ['id'] },
  )
  expect(counters).toMatchObject({ processed: 2, inserted: 1, rejects: 1 })
  expect(rows).toEqual([
    { id: '3', a: null },
    { id: '4', a: 'Bo' },
    { id: '5', a: 'Cy' },
  ])
  const detail = 'constraint failed (SQLITE_CONSTRAINT_PINNED)'
  expect(told).toEqual([[1, 'error', null, 'TLY-3011', { detail }]])
})

test('a row that the trigger of a deletion replaces is told, though the record itself replaces none', async () => {
  const { rows, told, counters } = await imported(
    [
      'create table t (id integer, a text unique on conflict replace, b integer)',
      `create trigger only_one before insert on t begin delete from t where b = new.b; end`,
      `create trigger back after delete on t begin insert into t (id, a) values (old.id, 'back'); end`,
      'insert into t (id, b) values (1, 2)',
    ],
    ['id,b', '2,2', '3,2'],
    { key: ['id'] },
  )
  expect(rows).toEqual([
    { id: 2, a: 'back', b: null },
    { id: 3, a: null, b: 2 },
  ])
  expect(counters).toMatchObject({ processed: 2, inserted: 2, rejects: 0, warnings: 2 })
  expect(told).toEqual([
    [1, ...besides(0, 1, 0)],
    [2, ...besides(0, 1, 1)],
  ])
})

test('with recursive triggers, too, a record that would replace another row is refused', async () => {
  const { rows, told, counters } = await imported(
    [
      `create table t (id text primary key, b integer unique on conflict replace,
         boss text references t (id) on delete cascade)`,
      'pragma recursive_triggers = on',
    ],
    ['id,b', '2,1', '1,', '1,1'],
    { key: ['id'], doubles: 'update' },
  )
  expect(rows).toMatchObject([
    { id: '1', b: null },
    { id: '2', b: 1 },
  ])
  expect(counters).toMatchObject({ processed: 3, inserted: 2, rejects: 1 })
  expect(told).toEqual([[3, 'error', 'b', 'TLY-3004', { detail: 't.b' }]])
})
