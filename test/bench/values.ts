import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Calculator } from '../../src/pipeline/expressions/calculator.ts'
import { MAIN } from '../support/programs/main.ts'
import { median, seconds } from './measure.ts'

const RUNS = 5
const RECORDS = 300_000
const BATCH = 1_000
const BATCHES = 100

/** As a Spanish spreadsheet writes them: a date, an amount, a yes or no, and two names. */
const AS_PEOPLE_WRITE = {
  born: { format: { kind: 'date', order: 'dmy' } },
  paid: { format: { kind: 'number', decimal: ',', grouping: '.' } },
  active: { format: { kind: 'boolean', true: ['sí'], false: ['no'] } },
  name: { transforms: [{ kind: 'trim' }, { kind: 'collapse' }] },
  city: { transforms: [{ kind: 'upper' }] },
}

/** An import with value formats and transforms against one without them, in turn. */
export function measureValues(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-bench-'))
  try {
    const plain = written(folder, 'plain', (at) => [
      day(at, '-'),
      `${at}.25`,
      at % 2 ? 'true' : 'false',
    ])
    const spanish = written(folder, 'spanish', (at) => [
      day(at, '/'),
      `${thousands(at)},25`,
      at % 2 ? 'sí' : 'no',
    ])
    const spec = path.join(folder, 'spec.json')
    writeFileSync(spec, JSON.stringify({ fields: AS_PEOPLE_WRITE }))
    const ratios = Array.from({ length: RUNS }, (_, run) => {
      const without = seconds(() => imported(folder, `plain-${run}`, [plain]))
      return seconds(() => imported(folder, `spanish-${run}`, [spanish, '--spec', spec])) / without
    })
    return `values: an import with formats of three columns and transforms of two takes ${median(ratios).toFixed(2)} × the time of one without (median of ${RUNS} runs)`
  } finally {
    rmSync(folder, { recursive: true })
  }
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

function imported(folder: string, name: string, args: string[]): void {
  const database = path.join(folder, `${name}.db`)
  const how = ['--into', 'person', '--create', '--key', 'id', '--delimiter', ';', '--json']
  execFileSync(process.execPath, [
    MAIN,
    'import',
    ...args,
    ...how,
    '--database',
    `sqlite:${database}`,
  ])
  rmSync(database)
}

function written(folder: string, name: string, values: (at: number) => string[]): string {
  const file = path.join(folder, `${name}.csv`)
  const lines = Array.from(
    { length: RECORDS },
    (_, at) => `${at};${values(at).join(';')};Name of ${at};city ${at % 100}\n`,
  )
  writeFileSync(file, `id;born;paid;active;name;city\n${lines.join('')}`)
  return file
}

/** 1970-01-01 and the days after it, with years first or last. */
function day(at: number, mark: '-' | '/'): string {
  const parts = new Date((at % 20_000) * 86_400_000).toISOString().slice(0, 10).split('-')
  return (mark === '-' ? parts : parts.toReversed()).join(mark)
}

function thousands(at: number): string {
  return String(at).replace(/\B(?=(\d{3})+$)/g, '.')
}

if (import.meta.main) {
  console.log(measureValues())
  console.log(await measureExpressions())
}
