import path from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Store } from '../../src/db/store.ts'
import { JobFailure } from '../../src/domain/words/failures.ts'
import type { Message } from '../../src/domain/words/messages.ts'
import {
  run as runExport,
  specify as parseExportSpecification,
} from '../support/pipeline/an-export.ts'
import { run as runImport, specify } from '../support/pipeline/an-import.ts'
import { rounds } from '../support/faults/chance.ts'
import { holdInManyCases } from '../support/faults/many-cases.ts'
import { makeRandomTable } from '../support/pipeline/make-random-table.ts'
import {
  quoted,
  randomTable,
  randomWay,
  type RandomTable,
} from '../support/pipeline/random-exports.ts'

type Way = typeof randomWay extends fc.Arbitrary<infer Each> ? Each : never

const TOO_MUCH = ['TLY-1030', 'TLY-1035']

test(
  'what is exported comes back as it was, or somebody is told',
  { timeout: 24 * 60 * 60_000 },
  async () => {
    const seen = { whole: 0, warned: 0, rejected: 0, refused: 0 }
    const cases = fc.tuple(randomTable, randomWay)
    await holdInManyCases(
      'round trip',
      rounds(60, 5_000),
      cases,
      async (store, [table, way], folder) => {
        await sql`drop table if exists origin`.execute(store.db)
        await sql`drop table if exists twin`.execute(store.db)
        if (!(await makeRandomTable(store, table))) return
        const file = path.join(folder, way.gzip ? 'out.csv.gz' : 'out.csv')
        const { delimiter, header, gzip } = way
        const exported = await runExport(
          store,
          parseExportSpecification({ table: 'origin', path: file, delimiter, header, gzip }),
        )
        const warnings = exported.batches.flatMap(({ journal }) => journal)
        const rejects = await takeBack(store, table, way, file)
        if (rejects === 'refused') seen.refused++
        else if (warnings.length > 0) seen.warned++
        else if (rejects > 0) seen.rejected++
        else seen.whole++
        if (rejects === 'refused') return
        await expectSame(store, table, way, { warnings, rejects })
      },
    )
    console.log('round trip:', JSON.stringify(seen))
    expect(seen.whole).toBeGreaterThan(0)
  },
)

async function takeBack(
  store: Store,
  { key, withDefault }: RandomTable,
  { header, byKey, emptyOverwrites }: Way,
  file: string,
): Promise<number | 'refused'> {
  const options = { emptyOverwrites, onlyIfEmpty: false, onlyOnInsert: false }
  const fields = withDefault.map((name) => [name, { ...options, onError: 'reject' as const }])
  const isByKey = byKey && key.length > 0 && key[0] !== ''
  try {
    const { last } = await runImport(
      store,
      specify({
        path: file,
        table: 'twin',
        header,
        key: isByKey ? key : [],
        operation: isByKey ? 'insert_or_update' : 'insert',
        fields: Object.fromEntries(fields),
      }),
    )
    expect(last.counters.processed).toBe(last.counters.success + last.counters.rejects)
    return last.counters.rejects
  } catch (error) {
    if (!(error instanceof JobFailure) || error.reason === 'internal') throw error
    return 'refused'
  }
}

/**
 * In all columns that no warning names: those rows that were not rejected. Keys that a warning names
 * may come back as one, whose fields are then of the one or the other, and what is generated may be
 * generated from one.
 */
async function expectSame(
  store: Store,
  { names, filled, key }: RandomTable,
  { byKey }: Way,
  { warnings, rejects }: { warnings: Message[]; rejects: number },
): Promise<void> {
  if (warnings.some(({ code }) => TOO_MUCH.includes(code))) return
  const named = new Set(warnings.map(({ params }) => params['column']))
  const compared = named.size > 0 ? filled : names
  const columns = compared.filter((name) => !named.has(name)).map(quoted)
  const shown = columns.map((name) => `typeof(${name}) || ' ' || hex(cast(${name} as blob))`)
  const rowsOf = async (table: string) => {
    const select = `select ${shown.join(` || ',' || `) || `''`} as row from ${table}`
    const { rows } = await sql.raw<{ row: string }>(select).execute(store.db)
    return rows.map(({ row }) => row).sort()
  }
  const [origin, twin] = [await rowsOf('origin'), await rowsOf('twin')]
  const mayMerge = byKey && key.some((name) => named.has(name))
  const blank = names.length > 1 ? await blankRows(store, names) : 0
  if (blank > 0) expect(warnings).not.toEqual([])
  const expected = origin.length - rejects - blank
  if (!mayMerge) expect(twin.length).toBe(expected)
  if (twin.length < expected) return expectFieldsOf(origin, twin)
  const left = [...origin]
  for (const row of twin) {
    const at = left.indexOf(row)
    expect(at, row).not.toBe(-1)
    left.splice(at, 1)
  }
}

/** Of rows as texts with a comma between two fields. */
function expectFieldsOf(origin: string[], twin: string[]): void {
  const columnsOf = (rows: string[]) => {
    const fields = rows.map((row) => row.split(','))
    return (fields[0] ?? []).map((_, column) => fields.map((row) => row[column]))
  }
  const before = columnsOf(origin)
  for (const [column, values] of columnsOf(twin).entries()) {
    expect(before[column]).toEqual(expect.arrayContaining(values))
  }
}

/** Their lines are nothing but delimiters. */
async function blankRows(store: Store, names: string[]): Promise<number> {
  const where = names.map((name) => `${quoted(name)} is null`).join(' and ')
  const { rows } = await sql.raw(`select 1 from origin where ${where}`).execute(store.db)
  return rows.length
}
