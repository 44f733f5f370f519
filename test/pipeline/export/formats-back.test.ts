import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  valueFormat,
  type ValueFormat,
} from '../../../src/domain/specification/fields/value-format.ts'
import type { Store } from '../../../src/db/store.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { exportSpecification } from '../../../src/domain/specification/specification.ts'
import { byDatabase } from '../../support/databases.ts'
import { rounds } from '../../support/faults/chance.ts'
import { holdInManyCases } from '../../support/faults/many-cases.ts'
import { run } from '../../support/pipeline/an-export.ts'
import { run as runImport } from '../../support/pipeline/an-import.ts'
import { filled, randomFormat } from '../../support/pipeline/random-fields.ts'

const between = (min: string, max: string) =>
  fc.date({ min: new Date(min), max: new Date(max), noInvalidDate: true })
/** Of a century, which every format of dates has, and the edges of what some have. */
const date = fc.oneof(
  { weight: 9, arbitrary: between('1951-01-01', '2049-12-31') },
  { weight: 1, arbitrary: between('0001-01-01', '9999-12-31') },
)
const day = date.map((one) => one.toISOString().slice(0, 10))
const moment = fc
  .tuple(date, fc.constantFrom('', '.5', '.001'))
  .map(([one, fraction]) => `${one.toISOString().slice(0, 19).replace('T', ' ')}${fraction}`)
const amount = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.integer({ min: 1, max: 2e9 }),
    fc.constantFrom('', '.5', '.0001'),
  )
  .map((parts) => parts.join(''))
const whole = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)
const part = fc
  .double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 })
  .map((value) => String(value === 0 ? 0 : value))

/** A time of SQLite has no zone, and one since 1970 has. */
const SINCE_1970: ValueFormat['kind'][] = byDatabase({ SQLite: [], PostgreSQL: ['epoch'] })
const TIME = byDatabase({ SQLite: 'datetime', PostgreSQL: 'timestamp' })

/** The fields, their types, values of theirs, and the kinds of formats that write them all. */
const FIELDS: [string, string, fc.Arbitrary<string>, ValueFormat['kind'][]][] = [
  ['due', 'date', day, ['date', 'date_pattern', 'epoch', 'excel_date']],
  ['at', TIME, moment, ['date', 'excel_date', ...SINCE_1970]],
  ['amount', 'numeric(20, 4)', amount, ['number']],
  ['whole', 'bigint', whole, ['number']],
  ['part', 'double precision', part, ['number']],
  ['open', 'boolean', fc.constantFrom('true', 'false'), ['boolean', 'enumeration']],
  ['kind', 'text', fc.oneof(filled, fc.constantFrom('x', '007', ' a ', '')), ['enumeration']],
]

/** Without what cannot come back: nothing that stands for something, or something for nothing. */
const lossless = randomFormat.map((format) => {
  if (format?.kind !== 'enumeration') return valueFormat.parse(format)
  const values = format.values.filter((one) => one.written.trim() !== '' && one.value !== '')
  return valueFormat.parse({ ...format, values, otherwise: 'keep' })
})

const columns = fc.tuple(
  ...FIELDS.map(([, , , kinds]) =>
    lossless.filter((format) => format === null || kinds.includes(format.kind)),
  ),
)
const rows = fc.array(fc.tuple(...FIELDS.map(([, , value]) => fc.option(value, { freq: 8 }))), {
  minLength: 1,
  maxLength: 12,
})
const way = fc.constantFrom(
  {},
  { delimiter: ';' },
  { delimiter: '\t' },
  { format: 'json_lines' as const },
)

const QUOTED = ['date', TIME, 'text']

test(
  'an import in the formats of an export gives the same rows, or somebody is told',
  { timeout: 24 * 60 * 60_000 },
  async () => {
    const seen = { same: 0, told: 0 }
    const cases = fc.record({ rows, columns, way })
    await holdInManyCases(
      'formats there and back',
      rounds(50, 5_000),
      cases,
      async (store, given, folder) => {
        await fill(store, given.rows)
        const all = async () =>
          (await sql`select * from payment order by id`.execute(store.db)).rows
        const before = await all()
        const file = path.join(folder, 'out')
        const formats = FIELDS.map(([name], at) => [name, given.columns[at] ?? null] as const)
        const asked = { table: 'payment', path: file, ...given.way }
        const { batches } = await run(
          store,
          exportSpecification.parse({
            ...asked,
            fields: Object.fromEntries(formats.map(([name, format]) => [name, { format }])),
          }),
        )
        const taken = formats.map(([name, format]) => [name, { format, emptyOverwrites: true }])
        const { last } = await runImport(
          store,
          parseImportSpecification({
            format: 'delimited',
            ...asked,
            key: ['id'],
            operation: 'update',
            fields: Object.fromEntries(taken),
            stopIfAllRejected: false,
          }),
        )
        const isTold = batches.some(({ journal }) => journal.length > 0)
        seen[isTold ? 'told' : 'same']++
        if (isTold) return
        const text = readFileSync(file, 'utf8')
        expect({ text, rows: await all() }).toEqual({ text, rows: before })
        expect(last.counters).toMatchObject({ unchanged: given.rows.length, rejects: 0 })
      },
    )
    expect(seen.same).toBeGreaterThan(seen.told)
  },
)

/** A table that has these rows alone. */
async function fill({ db }: Store, given: (string | null)[][]): Promise<void> {
  const declared = FIELDS.map(([name, type]) => `${name} ${type}`).join(', ')
  await sql`drop table if exists payment`.execute(db)
  await sql.raw(`create table payment (id integer primary key, ${declared})`).execute(db)
  for (const [at, values] of given.entries()) {
    const literals = values.map((text, place) => literalOf(text, FIELDS[place]?.[1]))
    await sql.raw(`insert into payment values (${[at + 1, ...literals].join(', ')})`).execute(db)
  }
}

function literalOf(text: string | null, type = ''): string {
  if (text === null) return 'null'
  return QUOTED.includes(type) ? `'${text.replaceAll("'", "''")}'` : text
}
