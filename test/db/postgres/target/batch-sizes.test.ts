import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { ImportSpecification } from '../../../../src/domain/specification/specification.ts'
import { freshStore, run, specify, written } from '../../../support/pipeline/an-import.ts'

const PLACES = `create table place (n int primary key); insert into place values (1), (2), (3)`
const TABLE = `create table t (
  id int primary key, name varchar(6) not null default 'none', n numeric(6, 2), day date,
  at timestamptz, mail text unique, age int check (age >= 0), j jsonb, u uuid,
  place int references place, check (day is null or age < 100), unique (place, age))`
const KNOWN = `insert into t (id, name, n, mail, age, j) select i, case when i % 3 = 0 then '' else 'old' end,
  i / 4.0, 'm' || i, i, '{"a": 1}' from generate_series(0, 60) i`

const cell = (...some: string[]) => fc.constantFrom('', '', ...some)
/** Mostly good records, of keys that are there, are new, or come again. */
const aRecord = fc.tuple(
  fc.oneof({ weight: 30, arbitrary: fc.nat(120).map(String) }, { weight: 1, arbitrary: cell('x') }),
  fc.oneof(
    { weight: 20, arbitrary: cell('old', 'new') },
    { weight: 1, arbitrary: cell('too long') },
  ),
  fc.oneof(
    { weight: 20, arbitrary: cell('1.50', '2.5') },
    { weight: 1, arbitrary: cell('1.555', '99999') },
  ),
  cell('2026-01-31'),
  cell('2026-01-31T13:00:00+01:00', '2026-01-31T12:00:00Z'),
  fc.oneof(
    { weight: 9, arbitrary: cell() },
    { weight: 1, arbitrary: fc.nat(200).map((n) => `m${n}`) },
  ),
  fc.oneof(
    { weight: 20, arbitrary: fc.nat(120).map(String) },
    { weight: 1, arbitrary: cell('-1') },
  ),
  fc.constantFrom('', '"{""a"":1}"', '"{""a"": 1.0}"'),
  fc.oneof(
    { weight: 30, arbitrary: cell('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11') },
    { weight: 1, arbitrary: cell('none') },
  ),
  fc.oneof({ weight: 20, arbitrary: cell('1', '2', '3') }, { weight: 1, arbitrary: cell('4') }),
)
const HEADER = 'id,name,n,day,at,mail,age,j,u,place'
const fieldOptions = fc.record({
  emptyOverwrites: fc.boolean(),
  onlyIfEmpty: fc.boolean(),
  onlyOnInsert: fc.boolean(),
  onError: fc.constantFrom('reject' as const, 'reject' as const, 'warn' as const),
})
const aWay = fc.record({
  operation: fc.constantFrom<ImportSpecification['operation'][]>(
    'insert_or_update',
    'insert',
    'update',
    'delete',
    'reconcile',
  ),
  doubles: fc.constantFrom(
    'update' as const,
    'update' as const,
    'ignore' as const,
    'reject' as const,
  ),
  duplicates: fc.constantFrom(
    'update' as const,
    'update' as const,
    'ignore' as const,
    'reject' as const,
  ),
  key: fc.constantFrom<string[][]>(['id'], ['id'], []),
  fields: fc.record({ name: fieldOptions, n: fieldOptions, mail: fieldOptions, age: fieldOptions }),
})

test('the same file comes to the same, whatever the size of batches', async () => {
  const { store, folder } = await freshStore(PLACES)
  await sql.raw(TABLE).execute(store.db)
  await fc.assert(
    fc.asyncProperty(
      fc.array(aRecord, { minLength: 100, maxLength: 300 }),
      aWay,
      fc.nat(300),
      async (records, way, some) => {
        const path = written(
          folder,
          [HEADER, ...records.map((record) => record.join()), ''].join('\n'),
        )
        const specification = specify({
          path,
          table: 't',
          stopIfAllRejected: false,
          ...way,
          // Without a key, records can only be inserted.
          ...(way.key.length === 0 ? { operation: 'insert' as const } : {}),
        })
        const outcomeWith = async (diedAfter: number | null) => {
          await sql.raw(`truncate t; ${KNOWN}; delete from tallyman_key`).execute(store.db)
          const { batches, last } = await run(store, specification, { diedAfter })
          const told = batches.flatMap(({ rejects }) => rejects)
          const { rows } = await sql`select * from t order by id`.execute(store.db)
          return { counters: last.counters, told, rows }
        }
        const alone = await outcomeWith(0)
        expect(await outcomeWith(null)).toEqual(alone)
        expect(await outcomeWith(some)).toEqual(alone)
      },
    ),
    { numRuns: process.env['TALLYMAN_FAULTS'] === 'long' ? 300 : 12 },
  )
})
