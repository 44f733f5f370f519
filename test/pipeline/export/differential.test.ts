import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { changeWindow } from '../../../src/domain/records/change-window.ts'
import { byDatabase } from '../../support/databases.ts'
import { run, specify } from '../../support/pipeline/an-export.ts'
import { freshStore } from '../../support/pipeline/an-import.ts'

const memo = z.object({ window: changeWindow })

/** An export of what changed, run again and again as those of one template. */
async function aSeries(type: string, rows: string[]) {
  const { store, folder } = await freshStore(
    `create table thing (id integer primary key, at ${type})`,
  )
  const write = (statement: string) => sql.raw(statement).execute(store.db)
  await write(`insert into thing values ${rows.map((at, i) => `(${i + 1}, ${at})`).join(', ')}`)
  let mark: ReturnType<typeof upTo> | undefined
  const file = path.join(folder, 'out.csv')
  const given = { table: 'thing', columns: ['id'], header: false, differential: 'at' }
  const asked = specify({ ...given, path: file })
  const next = async () => {
    const { last, batches } = await run(store, asked, mark === undefined ? {} : { mark })
    mark = upTo(last)
    const ids = idsIn(file).map(Number)
    return { ids, codes: batches.flatMap(({ journal }) => journal).map(({ code }) => code) }
  }
  return { store, asked, file, write, next }
}

function upTo({ checkpoint }: { checkpoint: { memo?: unknown } }) {
  return memo.parse(checkpoint.memo).window.upTo
}

const at = (time: string) => `'2026-01-31 10:00:${time}'`

describe('an export of what changed', () => {
  test.each<[type: string, rows: string[], change: string, later: string]>([
    ['timestamp', [at('01.5'), 'null', at('03.25')], at('03.250001'), at('04')],
    ['timestamp', [at('01'), 'null', at('03')], at('04'), at('05')],
    ['text', [at('01'), 'null', at('03')], at('04'), at('05')],
    ['bigint', ['1', 'null', '9007199254740993'], '9007199254740994', '9007199254740995'],
    ['double precision', ['0.1', 'null', '0.3'], '0.30000000000000004', '0.5'],
  ])('by %s: all at first, then that alone, and what has no value', async (...given) => {
    const [type, rows, change, later] = given
    const { write, next } = await aSeries(type, rows)
    expect(await next()).toEqual({ ids: [1, 2, 3], codes: ['TLY-1047'] })
    expect(await next()).toEqual({ ids: [2], codes: ['TLY-1046'] })
    await write(`update thing set at = ${change} where id = 1`)
    await write(`insert into thing values (4, ${later})`)
    expect((await next()).ids).toEqual([1, 2, 4])
    expect((await next()).ids).toEqual([2])
    await write('delete from thing')
    expect((await next()).ids).toEqual([])
    await write(`insert into thing values (5, ${later}), (6, null)`)
    expect((await next()).ids).toEqual([6])
  })

  test('by a day takes the last day once more, on which more can have changed since', async () => {
    const { write, next } = await aSeries('date', [`'2026-01-30'`, `'2026-01-31'`])
    expect((await next()).ids).toEqual([1, 2])
    await write(`insert into thing values (3, '2026-01-31')`)
    expect((await next()).ids).toEqual([2, 3])
  })

  test.each(['timestamp', 'date', ...byDatabase({ SQLite: ['text'], PostgreSQL: [] })])(
    'by %s leaves what is still to come to a later run, and misses nothing until then',
    async (type) => {
      const day = (days: number) =>
        `'${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}'`
      const { write, next } = await aSeries(type, [day(-9), day(3_650)])
      expect(await next()).toEqual({ ids: [1], codes: ['TLY-1047', 'TLY-1048'] })
      await write(`insert into thing values (3, ${day(-2)})`)
      const { ids } = await next()
      expect(ids.slice(-1)).toEqual([3])
      await write(`update thing set at = ${day(-1)} where id = 2`)
      expect((await next()).ids[0]).toEqual(2)
    },
  )

  test('of nothing begins with the first row', async () => {
    const { write, next } = await aSeries('timestamp', ['null'])
    await write('delete from thing')
    expect((await next()).ids).toEqual([])
    await write(`insert into thing values (1, ${at('01')})`)
    expect((await next()).ids).toEqual([1])
  })

  test('writes every change in one run, wherever it is stopped and whatever changes then', async () => {
    const { store, asked, file, write } = await aSeries('bigint', ['1'])
    await write(`insert into thing with recursive n(i) as
      (select 2 union all select i + 1 from n where i < 45000) select i, 1 from n`)
    const { batches } = await run(store, asked)
    for (let stopAfter = 1; stopAfter <= batches.length - 2; stopAfter++) {
      const again = { ...asked, path: `${file}-${stopAfter}` }
      const stopped = await run(store, again, { stopAfter })
      // One row that is written already, where any is, and one that is not.
      await write(`update thing set at = at + 1 where id in (1, 45000)`)
      const { last } = await run(store, again, { resume: stopped.last })
      const mark = upTo(last)
      expect([stopped.end, mark]).toEqual(['stopped', { type: 'integer', text: '1' }])
      await run(store, { ...asked, path: `${file}-rest` }, { mark })
      expect(idsIn(`${file}-rest`)).toEqual(['1', '45000'])
      const ids = new Set([...idsIn(again.path), ...idsIn(`${file}-rest`)])
      expect(ids.size).toBe(45_000)
      await write(`update thing set at = 1 where id in (1, 45000)`)
    }
    expect(batches.length).toBeGreaterThan(5)
  })
})

function idsIn(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean)
}
