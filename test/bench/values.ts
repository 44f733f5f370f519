import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Calculator } from '../../src/pipeline/expressions/calculator.ts'
import { MAIN } from '../support/programs/main.ts'
import { findPostgres } from '../support/postgres/find.ts'
import { startServer } from '../support/postgres/server.ts'
import { median, seconds } from './measure.ts'
import { VALUE_CASES } from './value-cases.ts'

const RUNS = Number(process.env['RUNS'] ?? 5)
const RECORDS = Number(process.env['RECORDS'] ?? 300_000)
const BATCH = 1_000
const BATCHES = 100
/** Columns of one case, where each is measured by itself. */
const ALIKE = 5

/** A Spanish spreadsheet: a date, an amount, a yes or no, and two names. */
const USUAL = [
  'date d/m/y',
  'number with a decimal comma and thousands',
  'boolean in words',
  'trim and collapse',
  'upper',
]

/**
 * Imports with value formats and transforms against such without them, in turn, on both databases.
 * @param each whether also each of them by itself
 */
export async function* measureValues(each = false): AsyncGenerator<string> {
  yield `values: the time of an import with them, without them = 1 (medians of ${RUNS} runs)`
  const names = Object.keys(VALUE_CASES)
  const cases: [string, string[]][] = [
    [`the usual of ${USUAL.length} columns`, USUAL],
    [`all, one in each of ${names.length} columns`, names],
    ...(each ? names : []).map((name): [string, string[]] => [
      `${name}, in ${ALIKE} columns`,
      Array.from({ length: ALIKE }, () => name),
    ]),
  ]
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-bench-'))
  const found = findPostgres()
  const postgres = found && (await startServer(found))
  const databases = { SQLite: undefined, PostgreSQL: postgres?.url }
  try {
    for (const [name, columns] of cases) {
      const told = Object.entries(databases).map(([database, url]) =>
        database === 'SQLite' || url !== undefined
          ? `${database} ${ratioOf(folder, columns, url).toFixed(2)}`
          : `${database} not measured, since there is none`,
      )
      yield `  ${name}: ${told.join(', ')}`
    }
  } finally {
    await postgres?.stop()
    rmSync(folder, { recursive: true })
  }
}

function ratioOf(folder: string, columns: string[], postgres: string | undefined): number {
  const cases = columns.flatMap((name) => VALUE_CASES[name] ?? [])
  const plain = written(folder, 'plain', (at) => cases.map((one) => one.plain(at)))
  const people = written(folder, 'people', (at) => cases.map((one) => one.written(at)))
  const spec = path.join(folder, 'spec.json')
  const fields = Object.fromEntries(cases.map(({ options }, at) => [`c${at}`, options]))
  writeFileSync(spec, JSON.stringify({ fields }))
  const url = (name: string) => postgres ?? `sqlite:${path.join(folder, `${name}.db`)}`
  const ratios = Array.from({ length: RUNS }, (_, run) => {
    const without = seconds(() => imported(url(`plain-${run}`), [plain]))
    return seconds(() => imported(url(`people-${run}`), [people, '--spec', spec])) / without
  })
  return median(ratios)
}

/** Records that one expression is calculated for in a second, with their way to the thread and back. */
export async function measureExpressions(): Promise<string> {
  const calculator = await Calculator.start({
    names: ['first', 'last', 'n'],
    sources: ["record.first.trim() + ' ' + record.last.toUpperCase() + (Number(record.n) + 1)"],
  })
  const batch = Array.from({ length: BATCH }, (_, at) => [` first ${at}`, `last ${at}`, String(at)])
  const rates: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now()
    for (let at = 0; at < BATCHES; at++) await calculator.calculate(batch)
    rates.push((BATCH * BATCHES * 1_000) / (performance.now() - began))
  }
  await calculator.stop()
  return `expressions: ${Math.round(median(rates) / 1_000)} thousand records/s (median of ${RUNS} runs)`
}

let tables = 0

/** Into a table of its own. */
function imported(database: string, args: string[]): void {
  const how = ['--into', `t${tables++}`, '--create', '--key', 'id', '--delimiter', ';', '--json']
  const call = [MAIN, 'import', ...args, ...how, '--again', '--database', database]
  const { counters }: { counters: { inserted: number } } = JSON.parse(
    execFileSync(process.execPath, call, { encoding: 'utf8' }),
  )
  if (counters.inserted !== RECORDS) throw new Error(`only ${counters.inserted} were inserted`)
  if (database.startsWith('sqlite:')) rmSync(database.slice('sqlite:'.length))
}

function written(folder: string, name: string, values: (at: number) => string[]): string {
  const file = path.join(folder, `${name}.csv`)
  const names = values(0).map((_, at) => `c${at}`)
  // A name with an accent, so that both files must be decoded and not that with a € alone.
  const lines = Array.from({ length: RECORDS }, (_, at) => `${at};Begoña;${values(at).join(';')}\n`)
  writeFileSync(file, `id;name;${names.join(';')}\n${lines.join('')}`)
  return file
}

if (import.meta.main) {
  for await (const line of measureValues(true)) console.log(line)
  console.log(await measureExpressions())
}
