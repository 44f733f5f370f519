import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Store } from '../../src/db/store.ts'
import { balances, COUNTERS, noCounters } from '../../src/domain/jobs/counters.ts'
import { fieldOptions } from '../../src/domain/specification/fields/field-options.ts'
import {
  DOUBLES,
  DUPLICATES,
  OPERATIONS,
  type ImportSpecification,
} from '../../src/domain/specification/specification.ts'
import { STAMPS } from '../../src/domain/specification/fields/value-source.ts'
import { JobFailure } from '../../src/domain/words/failures.ts'
import { byDatabase } from '../support/databases.ts'
import { aSeed, rounds } from '../support/faults/chance.ts'
import { emptyAgain, freshStore, run, specify, written } from '../support/pipeline/an-import.ts'

const DEAL = `create table deal (
  id integer primary key,
  born date,
  paid numeric check (paid > -1000),
  active boolean,
  kind varchar(3) check (kind in ('a', 'b', 'c')),
  name text not null,
  city text,
  note text
)`

/** How a column may be written: the options of its field, and values that fit them. */
type Look = { values: string[]; options?: object }

const trim = { kind: 'trim' }
const LOOKS: Record<string, Look[]> = {
  // Some are empty, so that the second key counts.
  key: [{ values: ['', '', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'] }],
  born: [
    { values: ['1990-05-06', '2001-01-01'] },
    {
      values: ['31/12/1990', '1/2/2000', '12-dic-99'],
      options: { format: { kind: 'date', order: 'dmy' } },
    },
    {
      values: ['31/12/1990', '01/02/2000'],
      options: { format: { kind: 'date_pattern', pattern: 'dd/MM/yyyy' } },
    },
    { values: ['32874', '40000'], options: { format: { kind: 'excel_date' } } },
    { values: ['0', '86400'], options: { format: { kind: 'epoch' } } },
  ],
  paid: [
    { values: ['12', '3.5'] },
    {
      values: ['1.234,50', '12,00', '7 €', ' 3 '],
      options: {
        format: { kind: 'number', decimal: ',', grouping: '.', currency: '€' },
        transforms: [trim],
      },
    },
    {
      values: ['12 %', '3,5'],
      options: { format: { kind: 'number', decimal: ',', percent: true } },
    },
    {
      values: ['12 %', '3'],
      options: { transforms: [{ kind: 'replace', from: ' %', to: '' }] },
    },
  ],
  active: [
    { values: ['true', 'false', '1', '0'] },
    {
      values: ['sí', 'NO', 'true'],
      options: { format: { kind: 'boolean', true: ['sí', 'true'], false: ['no'] } },
    },
  ],
  kind: [
    { values: ['a', 'b'] },
    { values: ['A', ' b '], options: { transforms: [trim, { kind: 'lower' }] } },
    ...['keep', 'fixed', 'warn', 'reject'].map((otherwise) => ({
      values: ['old', 'new', 'a'],
      options: {
        format: {
          kind: 'enumeration',
          values: [
            { written: 'old', value: 'c' },
            { written: 'new', value: 'b' },
          ],
          otherwise,
          fixed: 'b',
        },
      },
    })),
  ],
  name: [
    { values: ['ana', 'ñandú'] },
    {
      values: ['ana', '  bo   li ', ''],
      options: {
        from: { kind: 'template', text: '{name} {city}' },
        transforms: [{ kind: 'collapse' }, { kind: 'capitalise' }],
      },
    },
    { values: ['ana', ''], options: { from: { kind: 'fixed', text: 'somebody' } } },
    {
      values: ['ana', 'bo', ''],
      options: { from: { kind: 'expression', source: 'record.name[0].toUpperCase()' } },
    },
  ],
  city: [
    { values: ['Jaén', 'Lugo', ''] },
    {
      values: ['Lugo, Jaén', 'Jaén'],
      options: { transforms: [{ kind: 'split', separator: ', ', part: -1 }] },
    },
  ],
  note: [
    { values: ['x', ''] },
    ...STAMPS.map((of) => ({ values: [''], options: { from: { kind: 'stamp', of } } })),
  ],
}
const COLUMNS = Object.keys(LOOKS)
/** What is wrong in most columns. */
const WRONG = ['', '?', '30/2/2000', '-2000', 'too long']

const rarely = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })
const policy = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('reject', 'warn') },
  { weight: 1, arbitrary: fc.constant('stop') },
)
const check = fc.oneof(
  fc.record({ kind: fc.constant('required'), policy }),
  fc.record({ kind: fc.constant('pattern'), pattern: fc.constantFrom('.{0,4}', '[^?]*'), policy }),
  fc.record({ kind: fc.constant('range'), least: fc.constantFrom('1', 'B', '1995'), policy }),
  fc.record({ kind: fc.constant('one_of'), values: fc.constant(['a', 'Jaén', '12']), policy }),
  fc.constant({ kind: 'exists', table: 'city', column: 'name', policy: 'reject' }),
)
const further = fc.record({
  onError: policy,
  checks: rarely(check.map((one) => [one])),
  emptyOverwrites: rarely(fc.boolean()),
  onlyIfEmpty: rarely(fc.boolean()),
  onlyOnInsert: rarely(fc.boolean()),
  sensitive: rarely(fc.boolean()),
})

/** A file, of which most values are as its specification says, and that specification's fields. */
const fileOf = fc
  .tuple(...COLUMNS.map((name) => fc.tuple(fc.constantFrom(...(LOOKS[name] ?? [])), further)))
  .chain((columns) =>
    fc.record({
      fields: fc.constant(
        Object.fromEntries(
          columns.map(([{ options }, more], at) => [
            at === 0 ? 'id' : (COLUMNS[at] ?? ''),
            fieldOptions.parse(at === 0 ? {} : JSON.parse(JSON.stringify({ ...more, ...options }))),
          ]),
        ),
      ),
      records: fc.array(
        fc.tuple(
          ...columns.map(([{ values }]) =>
            fc.oneof(
              { weight: 30, arbitrary: fc.constantFrom(...values) },
              { weight: 1, arbitrary: fc.constantFrom(...WRONG) },
            ),
          ),
        ),
        { minLength: 8, maxLength: 40 },
      ),
    }),
  )

const condition = fc.record({
  kind: fc.constant('condition' as const),
  column: fc.constantFrom('city', 'name', 'kind'),
  operator: fc.constantFrom('is_not', 'is_filled', 'contains'),
  value: fc.constantFrom('Jaén', 'a'),
})
const askedOf = fc.record({
  doubles: fc.constantFrom(...DOUBLES),
  duplicates: fc.constantFrom(...DUPLICATES),
  filter: rarely(
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(condition, { minLength: 1, maxLength: 2 }),
    }),
  ),
  firstRecord: rarely(fc.integer({ min: 1, max: 4 })),
  lastRecord: rarely(fc.integer({ min: 4, max: 40 })),
  maxRejects: rarely(fc.integer({ min: 5, max: 20 })),
  create: rarely(fc.boolean()),
  secondKey: fc.subarray(['name', 'city']),
})

/** What an import comes to, or why it does not. */
async function outcomeOf(store: Store, specification: ImportSpecification, stopAfter: number) {
  const rejects: unknown[] = []
  const told = (batches: Awaited<ReturnType<typeof run>>['batches']) =>
    rejects.push(
      ...batches.flatMap((batch) =>
        batch.rejects.map(({ record, field, code, params }) => [record, field, code, params]),
      ),
    )
  try {
    let ran = await run(store, specification, { stopAfter })
    told(ran.batches)
    while (ran.end === 'stopped') {
      ran = await run(store, specification, { resume: ran.last })
      told(ran.batches)
    }
    const { counters, total } = ran.last
    return { counters, total, rejects }
  } catch (error) {
    if (!(error instanceof JobFailure)) throw error
    return { failed: error.reason }
  }
}

describe.each(OPERATIONS)('a dry run with the operation %s', (operation) => {
  test('comes to what the real run comes to, whatever is made of the values, and changes nothing', async () => {
    const name = `a dry run with the operation ${operation}`
    const { store, folder } = await freshStore(DEAL)
    await sql`create table city (name text)`.execute(store.db)
    await sql`insert into city values ('Jaén'), ('Lugo')`.execute(store.db)
    const seen = noCounters()
    const runs = byDatabase({ SQLite: rounds(20, 2_000), PostgreSQL: rounds(10, 300) })
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 4 }),
        fileOf,
        askedOf,
        fc.constantFrom(1, Infinity),
        async (existing, { fields, records }, { create = false, ...asked }, stopAfter) => {
          await emptyAgain(store, 'deal', DEAL)
          await sql`drop table if exists fresh`.execute(store.db)
          for (const id of existing) {
            await sql`insert into deal (id, name, kind) values (${id}, 'Old', 'a')`.execute(
              store.db,
            )
          }
          const isNew = create && operation === 'insert'
          const table = isNew ? 'fresh' : 'deal'
          const lines = [COLUMNS, ...records].map((values) => values.join(';'))
          const specification = specify({
            ...asked,
            fields,
            path: written(folder, `${lines.join('\n')}\n`),
            delimiter: ';',
            table,
            create: isNew,
            operation,
            map: { key: 'id' },
            key: ['id'],
            stopIfAllRejected: false,
          })
          const rows = async (of: string) =>
            (await sql`select * from ${sql.table(of)} order by id`.execute(store.db)).rows

          const before = await rows('deal')
          const tried = await outcomeOf(store, { ...specification, dryRun: true }, Infinity)
          expect(await rows('deal')).toEqual(before)
          const real = await outcomeOf(store, specification, stopAfter)
          expect(tried).toEqual(real)
          if (real.counters === undefined) return

          for (const counter of COUNTERS) seen[counter] += real.counters[counter]
          const { inserted, deleted, updated } = real.counters
          const after = await rows(table)
          const had = isNew ? 0 : before.length
          expect(after).toHaveLength(had + inserted - deleted)
          if (updated + inserted + deleted === 0 && !isNew) expect(after).toEqual(before)
          expect(balances(real.counters, real.total)).toBe(true)
          const last = specification.lastRecord ?? Infinity
          expect(real.counters.processed).toBe(Math.min(records.length, last))
        },
      ),
      { numRuns: runs, seed: aSeed(name) },
    )
    // Both occur, or little was compared.
    expect(Math.min(seen.success, seen.rejects)).toBeGreaterThan(runs / 4)
  })
})
