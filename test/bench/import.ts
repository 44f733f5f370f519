import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { MAIN } from '../support/programs/main.ts'
import { median, seconds } from './measure.ts'
import { writeBenchFile } from './tokenizer.ts'

const RUNS = 5
const TABLE = `create table person (id integer primary key, first_name text, last_name text, email text,
  city text, country text, birth_date text, amount real, score integer, active integer);`
const PRAGMAS = 'pragma journal_mode = wal; pragma synchronous = normal;'

/** The whole command `tallyman import` against `sqlite3 .import`, in turn: the median of the ratios. */
export async function measureImport(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-bench-'))
  try {
    const file = path.join(folder, 'people.csv')
    await writeBenchFile(file)
    const ratios = Array.from({ length: RUNS }, (_, run) => {
      const ours = newTable(folder, `ours-${run}`)
      const peer = newTable(folder, `peer-${run}`)
      const args = [MAIN, 'import', file, '--into', 'person', '--key', 'id', '--json']
      const own = seconds(() =>
        execFileSync(process.execPath, [...args, '--database', `sqlite:${ours}`]),
      )
      const script = path.join(folder, 'import.sql')
      writeFileSync(script, `${PRAGMAS}\n.import --csv --skip 1 ${file} person\n`)
      const other = seconds(() => execFileSync('sqlite3', [peer, `.read ${script}`]))
      for (const used of [ours, peer]) rmSync(used)
      return own / other
    })
    return `import: ${median(ratios).toFixed(2)} × the time of sqlite3 .import (median of ${RUNS} runs)`
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function newTable(folder: string, name: string): string {
  const file = path.join(folder, `${name}.db`)
  execFileSync('sqlite3', [file, PRAGMAS + TABLE])
  return file
}

if (import.meta.main) console.log(await measureImport())
