import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Store } from '../../../../src/db/store.ts'
import { Altered } from '../../../../src/pipeline/values/altered.ts'
import { castFor } from '../../../../src/pipeline/values/cast.ts'
import { aStore } from '../../../support/a-store.ts'

/** Words that SQLite looks for in the name of a type, and others. */
const WORDS = ['INT', 'CHAR', 'CLOB', 'TEXT', 'BLOB', 'REAL', 'FLOA', 'DOUB']
const OTHERS = ['STRING', 'MONEY', 'DECIMAL', 'X', 'ANY', 'Date']
const declared = fc
  .array(fc.constantFrom(...WORDS, ...OTHERS), { maxLength: 3 })
  .map((words) => words.join('_'))

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 20 })
const numberLike = fc
  .tuple(
    fc.constantFrom('', ' ', '\t', '\n', '\u00a0'),
    fc.constantFrom('', '-', '+'),
    digits,
    fc.constantFrom('', '.', '.0', '.5', '.50'),
    fc.constantFrom('', 'e3', 'E-3', 'e+400', 'e', 'x'),
    fc.constantFrom('', ' ', '\r', 'a'),
  )
  .map((parts) => parts.join(''))
const decimal = fc
  .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 1e9 }))
  .map(([whole, decimals]) => `${whole}.${decimals}`)
const given = fc
  .oneof(
    numberLike,
    decimal,
    fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).map(String),
    fc.double({ noNaN: true }).map(String),
  )
  .filter((text) => text !== '')

/** What a column of the type makes of a value: its kind, and how it is written. */
async function kept(store: Store, type: string, value: unknown): Promise<string> {
  await sql.raw(`drop table if exists t`).execute(store.db)
  await sql.raw(`create table t (a ${type === '' ? '' : `"${type}"`})`).execute(store.db)
  await sql`insert into t values (${value})`.execute(store.db)
  const { rows } = await sql<{ kept: string }>`
    select typeof(a) || ' ' || cast(a as text) as kept from t`.execute(store.db)
  return rows[0]?.kept ?? ''
}

test('the affinity of a column is the one by which SQLite keeps values', async () => {
  const { store } = await aStore()
  const made = new Map([
    ['integer', ['integer 5', 'integer 5', 'real 5.5']],
    ['numeric', ['integer 5', 'integer 5', 'real 5.5']],
    ['real', ['real 5.0', 'real 5.0', 'real 5.5']],
    ['text', ['text 5.0', 'text 5', 'text 5.5']],
    ['blob', ['text 5.0', 'integer 5', 'real 5.5']],
  ])
  await fc.assert(
    fc.asyncProperty(declared, async (type) => {
      const values = [
        await kept(store, type, '5.0'),
        await kept(store, type, 5n),
        await kept(store, type, 5.5),
      ]
      const table = await store.tables.describe(store.db, 't')
      expect(made.get(table?.columns[0]?.conversion ?? '')).toEqual(values)
    }),
    { numRuns: 100 },
  )
})

test('of ANY, a strict table keeps what it is given, and another makes numbers', async () => {
  const { store } = await aStore()
  await sql`create table strictly (a any) strict`.execute(store.db)
  await sql`create table loosely (a any)`.execute(store.db)
  const affinity = async (name: string) =>
    (await store.tables.describe(store.db, name))?.columns[0]?.conversion
  expect([await affinity('strictly'), await affinity('loosely')]).toEqual(['blob', 'numeric'])
})

test('a text that a column of any type would change is told, and what it would make of it', async () => {
  const { store } = await aStore()
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('STRING', 'MONEY', ''), given, async (type, text) => {
      const made = await kept(store, type, text)
      const column = (await store.tables.describe(store.db, 't'))?.columns[0]
      if (column === undefined) throw new Error('the table has no column')
      const value = castFor(column)?.(text) ?? text
      const stored = value instanceof Altered ? value.stored : value
      expect(await kept(store, type, stored)).toBe(made)
      const written = made.slice(made.indexOf(' ') + 1)
      if (value instanceof Altered) expect(written).not.toBe(text)
      // SQLite writes digits behind the last one that a double keeps.
      else if (/e|(\d\D*){14}/.test(text)) expect(Number(written)).toBe(Number(text))
      else expect(written).toBe(text)
    }),
    { numRuns: 1_000 },
  )
})

test('a number comes back from its export as it was, without a word', async () => {
  const { store } = await aStore()
  const number = fc.double({ noNaN: true, noDefaultInfinity: true })
  await fc.assert(
    fc.asyncProperty(number, fc.constantFrom('STRING', 'NUMERIC', 'REAL'), async (given, type) => {
      const made = await kept(store, type, given)
      const column = (await store.tables.describe(store.db, 't'))?.columns[0]
      if (column === undefined) throw new Error('the table has no column')
      const value = castFor(column)?.(made.slice(made.indexOf(' ') + 1))
      expect(value).not.toBeInstanceOf(Altered)
      expect(await kept(store, type, value)).toBe(made)
    }),
    { numRuns: 500 },
  )
})
