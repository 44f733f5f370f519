import { readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { Calculator } from '../../../src/pipeline/expressions/calculator.ts'
import {
  freshStore,
  run,
  specify,
  written,
  type SomeOfImport,
} from '../../support/pipeline/an-import.ts'

const expression = (source: string) => ({ from: { kind: 'expression' as const, source } })

async function imported(text: string, given: SomeOfImport) {
  const { store, folder } = await freshStore(
    'create table t (id integer primary key, a text, b integer)',
  )
  const path = written(folder, text)
  const specification = specify({ path, table: 't', operation: 'insert', ...given })
  const { batches, last } = await run(store, specification)
  const { rows } = await sql<Record<string, unknown>>`
    select cast(id as text) as id, a, cast(b as text) as b from t order by t.id`.execute(store.db)
  const rejects = batches.flatMap((batch) =>
    batch.rejects.map(({ record, field, code, params }) => [record, field, code, params['detail']]),
  )
  return { rows, rejects, counters: last.counters }
}

test('an expression makes a value of a record, which may be a key', async () => {
  const { rows, rejects, counters } = await imported(
    'first,last,n\nAnn,Lee,1\nBob,,2\nAnn,Lee,1\n,,3\n',
    {
      key: ['id'],
      operation: 'insert_or_update',
      doubles: 'ignore',
      filter: {
        kind: 'all',
        of: [{ kind: 'condition', column: 'n', operator: 'less', value: '3' }],
      },
      fields: {
        id: expression('Number(record.n) * 10'),
        a: {
          ...expression("[record.first, record['last']].filter(Boolean).join(' ')"),
          transforms: [{ kind: 'upper' }],
        },
        b: expression('record.last ? record.last.length : null'),
      },
    },
  )
  expect(rejects).toEqual([])
  expect(rows).toEqual([
    { id: '10', a: 'ANN LEE', b: '3' },
    { id: '20', a: 'BOB', b: null },
  ])
  expect(counters).toMatchObject({ inserted: 2, doubles: 1, filtered: 1 })
})

test.each([
  ['record.n.missing.more', 'TypeError: cannot read property'],
  ['nothing', "ReferenceError: 'nothing' is not defined"],
  ['({})', 'TypeError: the result is no text, number or boolean'],
  ['NaN', 'TypeError: the result is no text, number or boolean'],
  ['(() => { throw { get message() { throw 1 } } })()', 'an error without a message'],
  ["'x'.repeat(500000000)", 'InternalError: out of memory'],
  ['(function f() { return f() + 1 })()', 'RangeError|InternalError'],
  ["'a\\0'", 'U\\+0000'],
  ["'\\ud800'", 'half a character'],
  ['Math.random()', 'TypeError'],
  ['Date.now()', 'TypeError'],
  ['new Date().getTime()', 'there is no clock here'],
  ['(globalThis.memory = 1)', 'TypeError'],
  ['(Array.prototype.own = 1)', 'TypeError'],
  [
    "new Function('return 1')().constructor.constructor('return process')()",
    "'process' is not defined",
  ],
])('%s rejects the record with its message alone', async (source, detail) => {
  const { rows, rejects } = await imported('id,n\n1,x\n', { fields: { a: expression(source) } })
  expect(rows).toEqual([])
  expect(rejects).toEqual([[1, 'a', 'TLY-3043', expect.stringMatching(detail)]])
})

test.each(['1 +', 'return 1', '} catch (e) {', '0) } function f() {('])(
  '%s is no expression',
  async (source) => {
    await expect(imported('id\n1\n', { fields: { a: expression(source) } })).rejects.toThrow(
      'no_expression',
    )
  },
)

const ENDLESS = '(() => { for (;;) {} })()'

test.each(['Array.prototype.indexOf.call({ length: 4294967295 }, 1)', ENDLESS])(
  '%s is stopped',
  async (source) => {
    const calculator = await Calculator.start({ names: [], sources: [source] })
    const calculating = calculator.calculate([[]], 200)
    await expect(calculating).rejects.toThrow(/endless_expression|no_expression/)
  },
)

test('a record whose expression does not end is rejected, and the others go on', async () => {
  const source = `record.id === '2' ? ${ENDLESS} : record.id`
  const { rows, rejects } = await imported('id\n1\n2\n3\n', { fields: { a: expression(source) } })
  expect(rows.map(({ a }) => a)).toEqual(['1', '3'])
  expect(rejects).toEqual([[2, 'a', 'TLY-3044', undefined]])
})

test('records whose results need too much memory are rejected with that reason, however many', async () => {
  const ids = [1, 2, 3, 4, 5, 6, 7, 8]
  const source = "record.id === '1' ? 'a' : 'x'.repeat(40000000)"
  const text = `id\n${ids.join('\n')}\n`
  const { rows, rejects } = await imported(text, { fields: { a: expression(source) } })
  expect(rows.map(({ a }) => a)).toEqual(['a'])
  expect(rejects).toEqual(
    ids.slice(1).map((id) => [id, 'a', 'TLY-3043', expect.stringMatching('out of memory')]),
  )
})

test('a job of whose records many do not end fails, and names their lines', async () => {
  const text = `id\n${Array.from({ length: 9 }, (_, at) => at).join('\n')}\n`
  const importing = imported(text, { fields: { a: expression(ENDLESS) } })
  await expect(importing).rejects.toMatchObject({
    problem: { problem: 'endless_records', lines: '2, 3, 4, 5, 6, 7' },
  })
})

test('a column named __proto__ is a value like any other', async () => {
  const calculator = await Calculator.start({
    names: ['__proto__', 'constructor'],
    sources: ['record.constructor + typeof record.__proto__'],
  })
  const results = await calculator.calculate([['x', 'y']])
  await calculator.stop()
  expect(results).toEqual([['ystring']])
})

test('records are handed to the thread in batches', async () => {
  const sending = vi.spyOn(Worker.prototype, 'postMessage')
  const text = `id\n${Array.from({ length: 5_000 }, (_, at) => at).join('\n')}\n`
  const { rows } = await imported(text, { fields: { a: expression("record.id + '!'") } })
  const sizes = sending.mock.calls.map(([batch]) => JSON.parse(String(batch)).length)
  sending.mockRestore()
  expect(rows.at(-1)).toMatchObject({ a: '4999!' })
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(5_000)
  expect(sizes.length).toBeLessThan(50)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(2_000)
})

test('of the engine one variant is installed', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const found = Object.keys(packages).filter((name) => /quickjs/.test(name))
  expect(found.map((name) => name.replace('node_modules/', '')).toSorted()).toEqual([
    '@jitl/quickjs-ffi-types',
    '@jitl/quickjs-wasmfile-release-sync',
    'quickjs-emscripten-core',
  ])
})
