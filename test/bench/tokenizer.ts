import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tokenize } from '../../src/pipeline/formats/delimited/tokenizer/delimited.ts'
import { SourceFile } from '../../src/pipeline/source/source-file.ts'
import { median } from './measure.ts'

const RECORDS = 1_000_000
const RUNS = 5
const LINES_A_WRITE = 10_000

/**
 * Records per second, from file to fields with all that is known of a record: the median of five
 * runs.
 */
export async function measureTokenizer(path: string): Promise<number> {
  const rates: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now()
    const records = await countRecords(path)
    rates.push(records / ((performance.now() - start) / 1000))
  }
  return median(rates)
}

/** A header and so many records of ten columns; a million are 83 MB. */
export async function writeBenchFile(path: string, records = RECORDS): Promise<void> {
  await writeFile(path, linesOf(records))
}

function* linesOf(records: number): Generator<string> {
  yield 'id,first_name,last_name,email,city,country,birth_date,amount,score,active\n'
  for (let first = 1; first <= records; first += LINES_A_WRITE) {
    const count = Math.min(LINES_A_WRITE, records - first + 1)
    yield Array.from({ length: count }, (_, at) => lineOf(first + at)).join('')
  }
}

function lineOf(id: number): string {
  const date = `19${10 + (id % 90)}-0${1 + (id % 9)}-1${id % 10}`
  return (
    `${id},First${id % 5000},Last${id},user${id}@example.com,City${id % 300},ES,${date},` +
    `${(id % 100_000) / 100},${id % 1000},${id % 2}\n`
  )
}

async function countRecords(path: string): Promise<number> {
  const options = { delimiter: ',', encoding: 'utf-8', columns: 10 } as const
  const start = { offset: 0, line: 1, record: 0 }
  let records = 0
  const source = await SourceFile.open(undefined, { path, beneath: null })
  for await (const batch of tokenize(source.read(start), { ...options, ...start })) {
    for (const record of batch.records) if (record.read().fields.length === 10) records++
  }
  await source.close()
  return records
}

if (import.meta.main) {
  const folder = await mkdtemp(join(tmpdir(), 'tallyman-bench-'))
  try {
    const path = join(folder, 'bench.csv')
    await writeBenchFile(path)
    const rate = await measureTokenizer(path)
    console.log(`tokenizer: ${(rate / 1e6).toFixed(2)} M records/s (median of ${RUNS} runs)`)
  } finally {
    await rm(folder, { recursive: true })
  }
}
