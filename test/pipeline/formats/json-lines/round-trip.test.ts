import path from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Store } from '../../../../src/db/store.ts'
import { JobFailure } from '../../../../src/domain/words/failures.ts'
import type { Message } from '../../../../src/domain/words/messages.ts'
import {
  run as runExport,
  specify as parseExportSpecification,
} from '../../../support/pipeline/an-export.ts'
import { run as runImport, specify } from '../../../support/pipeline/an-import.ts'
import { rounds } from '../../../support/faults/chance.ts'
import { holdInManyCases } from '../../../support/faults/many-cases.ts'
import { makeRandomTable } from '../../../support/pipeline/make-random-table.ts'
import { quoted, randomTable, type RandomTable } from '../../../support/pipeline/random-exports.ts'

/** With text that is no UTF-8 the file is no JSON everywhere. */
const TOO_MUCH = 'TLY-1030'

test(
  'what is exported to JSON Lines comes back as it was, into a twin and into a table that is made',
  { timeout: 24 * 60 * 60_000 },
  async () => {
    const seen = { whole: 0, warned: 0, rejected: 0, refused: 0, made: 0 }
    const cases = fc.tuple(randomTable, fc.boolean())
    const count = rounds(60, 3_000)
    await holdInManyCases('JSON Lines', count, cases, async (store, [table, gzip], folder) => {
      for (const name of ['origin', 'twin', 'made']) {
        await sql.raw(`drop table if exists ${name}`).execute(store.db)
      }
      if (!(await makeRandomTable(store, table))) return
      const file = path.join(folder, gzip ? 'out.jsonl.gz' : 'out.jsonl')
      const wanted = parseExportSpecification({
        table: 'origin',
        path: file,
        format: 'json_lines',
        gzip,
      })
      const { batches } = await runExport(store, wanted)
      const warnings = batches.flatMap(({ journal }) => journal)
      const rejects = await takeBack(store, 'twin', file)
      if (rejects === 'refused') seen.refused++
      else if (warnings.length > 0) seen.warned++
      else if (rejects > 0) seen.rejected++
      else seen.whole++
      if (rejects === 'refused' || warnings.some(({ code }) => code === TOO_MUCH)) return
      await expectSame(store, table, { other: 'twin', warnings, rejects })

      const count = (await rowsOf(store, 'origin', [])).length
      const made = count === 0 ? 'refused' : await takeBack(store, 'made', file, { create: true })
      if (made === 'refused') return
      seen.made++
      await expectSame(store, table, { other: 'made', warnings, rejects: made })
    })
    console.log('JSON Lines round trip:', JSON.stringify(seen))
    expect(Math.min(seen.whole, seen.made)).toBeGreaterThan(0)
  },
)

async function takeBack(
  store: Store,
  table: string,
  path: string,
  { create } = { create: false },
): Promise<number | 'refused'> {
  const wanted = { path, table, create, operation: 'insert', format: 'json_lines' } as const
  try {
    const { last } = await runImport(store, specify(wanted))
    expect(last.counters.processed).toBe(last.counters.success + last.counters.rejects)
    return last.counters.rejects
  } catch (error) {
    if (!(error instanceof JobFailure) || error.reason === 'internal') throw error
    return 'refused'
  }
}

type Compared = { other: 'twin' | 'made'; warnings: Message[]; rejects: number }

/** In all columns that no warning names, those rows that were not rejected. */
async function expectSame(store: Store, { names, filled }: RandomTable, compared: Compared) {
  const { other, warnings, rejects } = compared
  const named = new Set(warnings.map(({ params }) => params['column']))
  const isKept = named.size > 0 || other === 'made' ? filled : names
  const places = names.flatMap((name, at) =>
    isKept.includes(name) && !named.has(name) ? [at] : [],
  )
  const origin = await rowsOf(store, 'origin', places, other)
  const found = await rowsOf(store, other, places, other)
  expect(found.length).toBe(origin.length - rejects)
  const left = [...origin]
  for (const row of found) {
    const at = left.indexOf(row)
    expect(at, row).not.toBe(-1)
    left.splice(at, 1)
  }
}

/** The columns at these places; of a table that is made, by what is written of their values. */
async function rowsOf(store: Store, table: string, places: number[], other = 'twin') {
  const { rows: columns } = await sql
    .raw<{ name: string; type: string }>(`select name, type from pragma_table_xinfo('${table}')`)
    .execute(store.db)
  const shown = places.map((at) => {
    const { name = '', type = '' } = columns[at] ?? {}
    const column = quoted(name)
    if (other === 'twin') return `typeof(${column}) || ' ' || hex(cast(${column} as blob))`
    const value = /bool/i.test(type)
      ? `case ${column} when 1 then 'true' when 0 then 'false' else ${column} end`
      : `iif(typeof(${column}) = 'blob', lower(hex(${column})), ${column})`
    return `(${column} is null) || ' ' || hex(cast(coalesce(${value}, '') as blob))`
  })
  const select = `select ${shown.join(` || ',' || `) || `''`} as row from ${table}`
  const { rows } = await sql.raw<{ row: string }>(select).execute(store.db)
  return rows.map(({ row }) => row).sort()
}
