import { execFileSync } from 'node:child_process'
import { mkdtempSync, openSync, closeSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { MAIN } from '../support/programs/main.ts'
import { median, seconds } from './measure.ts'
import { writeBenchFile } from './tokenizer.ts'

const RUNS = 5

/** The whole command `tallyman export` against `sqlite3 -csv`, in turn: the median of the ratios. */
export async function measureExport(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-bench-'))
  try {
    const file = path.join(folder, 'people.csv')
    const database = path.join(folder, 'people.db')
    await writeBenchFile(file)
    tallyman(database, 'import', file, '--into', 'person', '--create', '--key', 'id')
    const ratios = Array.from({ length: RUNS }, () => {
      const ours = seconds(() =>
        tallyman(database, 'export', 'person', '--to', path.join(folder, 'ours.csv'), '--force'),
      )
      return ours / seconds(() => sqlite3(database, path.join(folder, 'peer.csv')))
    })
    return `export: ${median(ratios).toFixed(2)} × the time of sqlite3 -csv (median of ${RUNS} runs)`
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function tallyman(database: string, ...args: string[]): void {
  execFileSync(process.execPath, [MAIN, ...args, '--json', '--database', `sqlite:${database}`])
}

function sqlite3(database: string, result: string): void {
  const output = openSync(result, 'w')
  execFileSync('sqlite3', ['-csv', '-header', database, 'select * from person'], {
    stdio: ['ignore', output, 'inherit'],
  })
  closeSync(output)
}

if (import.meta.main) console.log(await measureExport())
