import { fork } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { run } from '../../src/cli/program.ts'

/**
 * The Pollock benchmark of damaged CSV files (Vitagliano et al., PVLDB 16(8), 2023), of which
 * POLLOCK names a checkout: https://github.com/HPI-Information-Systems/Pollock. Each file is loaded
 * with the parameters that the benchmark hands to every system, and with none. Cells are the same
 * here only where their texts are: the benchmark's own measure also takes 1.0 for 1.
 */
const DATASET = path.join(process.env['POLLOCK'] ?? '', 'polluted_files')
const TABLE = 'loaded'

/** Rows of texts, the first of them the header where there is one. */
type Rows = string[][]
type Measured = { file: string; score: number; wrong: number; note: string }

const parametersOf = z.object({
  delimiter: z.string(),
  quotechar: z.string(),
  escapechar: z.string(),
  row_delimiter: z.string(),
  header_lines: z.number(),
  preamble_lines: z.number(),
  column_names: z.array(z.string()),
  n_columns: z.number(),
})
/** What the benchmark says of a file, as the command line takes it. */
function optionsOf(file: string): { flags: string[]; hasHeader: boolean } {
  const text = readFileSync(path.join(DATASET, 'parameters', `${file}_parameters.json`), 'utf8')
  const given = parametersOf.parse(JSON.parse(text))
  const names =
    given.column_names.length > 0
      ? given.column_names.map((name) => name.trim())
      : Array.from({ length: Math.max(given.n_columns, 1) }, (_, at) => `col_${at}`)
  const escape = given.escapechar === '\0' ? '' : given.escapechar
  return {
    hasHeader: given.header_lines > 0,
    flags: [
      '--delimiter',
      given.delimiter || ',',
      '--quote',
      given.quotechar || '"',
      ...(escape === '' || escape === given.quotechar ? [] : ['--escape', escape]),
      // Of CRLF a checkout may have made LF, and both are read as they come.
      ...(given.row_delimiter === '\r' ? ['--record-end', 'cr'] : []),
      '--skip',
      String(given.preamble_lines + given.header_lines),
      '--no-header',
      '--columns',
      names.map((name) => `"${name.replaceAll('"', '""')}"`).join(','),
    ],
  }
}

/** @returns undefined where the file was refused */
async function loaded(
  file: string,
  flags: string[],
  hasHeader: boolean,
): Promise<Rows | undefined> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-pollock-'))
  const database = path.join(folder, 'test.db')
  const csv = path.join(DATASET, 'csv', file)
  const ending = ['--keep-going', '--json', '--database', `sqlite:${database}`]
  try {
    const code = await run(['import', csv, '--into', TABLE, '--create', ...flags, ...ending])
    if (code === 2 || !existsSync(database)) return undefined
    return rowsIn(database, hasHeader)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function rowsIn(database: string, hasHeader: boolean): Rows | undefined {
  const handle = new Sqlite(database, { readonly: true })
  try {
    const names = handle.pragma(`table_info(${TABLE})`, { simple: false })
    const columns = z
      .array(z.object({ name: z.string() }))
      .parse(names)
      .map(({ name }) => name)
    if (columns.length === 0) return undefined
    const cells = columns.map(
      (name) => `coalesce(cast("${name.replaceAll('"', '""')}" as text), '')`,
    )
    const rows = handle.prepare<[], string[]>(
      `select ${cells.join(', ')} from ${TABLE} order by rowid`,
    )
    return [...(hasHeader ? [columns] : []), ...rows.raw().all()]
  } finally {
    handle.close()
  }
}

/** What the benchmark adds up for a file: success, then precision, recall and F1 of three kinds. */
function measure(clean: Rows, rows: Rows | undefined): { score: number; wrong: number } {
  // Of an empty file there is nothing to load: to say so is as good as to load nothing.
  if (clean.length === 0) return { score: 10, wrong: Math.max((rows?.length ?? 0) - 1, 0) }
  if (rows === undefined) return { score: 0, wrong: 0 }
  const records = (all: Rows) => all.slice(1).map((row) => row.join(''))
  const kinds = [
    [clean[0] ?? [], rows[0] ?? []],
    [records(clean), records(rows)],
    [clean.flat(), rows.flat()],
  ] as const
  const common = inBoth(records(clean), records(rows))
  return {
    score: 1 + kinds.reduce((sum, [wanted, got]) => sum + threeOf([...wanted], [...got]), 0),
    wrong: Math.max(rows.length - 1, 0) - common,
  }
}

function threeOf(wanted: string[], got: string[]): number {
  if (wanted.length === 0) return 3
  const common = inBoth(wanted, got)
  if (common === 0) return 0
  const [precision, recall] = [common / wanted.length, common / got.length]
  return precision + recall + (2 * precision * recall) / (precision + recall)
}

function inBoth(these: string[], those: string[]): number {
  const left = new Map<string, number>()
  for (const text of these) left.set(text, (left.get(text) ?? 0) + 1)
  let common = 0
  for (const text of those) {
    const more = left.get(text) ?? 0
    if (more > 0) common++
    left.set(text, more - 1)
  }
  return common
}

async function measureAll(mode: string): Promise<Measured[]> {
  const measured: Measured[] = []
  const wanted = process.argv[3] ?? ''
  for (const file of readdirSync(path.join(DATASET, 'csv')).filter((name) =>
    name.includes(wanted),
  )) {
    const { flags, hasHeader } = optionsOf(file)
    const clean: Rows = parse(readFileSync(path.join(DATASET, 'clean', file)), {
      bom: true,
      relax_column_count: true,
    })
    const rows = await loaded(file, mode === 'none' ? [] : flags, hasHeader)
    measured.push({ file, ...measure(clean, rows), note: rows === undefined ? 'refused' : '' })
  }
  return measured
}

function report(mode: string, measured: Measured[]): void {
  const weights = z
    .record(z.string(), z.number())
    .parse(JSON.parse(readFileSync(path.join(DATASET, '..', 'pollock_weights.json'), 'utf8')))
  const total = measured.reduce((sum, { file }) => sum + (weights[file] ?? 0), 0)
  const simple = measured.reduce((sum, { score }) => sum + score, 0) / measured.length
  const weighted = measured.reduce((sum, { file, score }) => sum + score * (weights[file] ?? 0), 0)
  const wrong = measured.reduce((sum, one) => sum + one.wrong, 0)
  const told = `simple ${simple.toFixed(3)}, weighted ${(weighted / total).toFixed(3)}`
  console.log(`${mode}: ${measured.length} files, ${told}, ${wrong} records loaded wrongly`)
  const worst = measured.filter((one) => one.score < 9.9 || one.wrong > 0)
  for (const { file, score, wrong: records, note } of worst) {
    console.log(`  ${file}: ${score.toFixed(3)}, ${records} wrong ${note}`)
  }
}

/** The commands print on the child's output, which nobody reads. */
function inChild(mode: string): Promise<Measured[]> {
  return new Promise((resolve, reject) => {
    const args = [mode, ...process.argv.slice(2, 3)]
    const child = fork(import.meta.filename, args, {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    child.once('message', (message: Measured[]) => resolve(message))
    // Behind the last message, unlike its end.
    child.once('disconnect', () => reject(new Error('The child ended without a result.')))
  })
}

if (process.send === undefined) {
  if (!existsSync(DATASET)) throw new Error('POLLOCK must name a checkout of the benchmark.')
  const modes = ['with the parameters', 'none']
  const measured = await Promise.all(modes.map(inChild))
  measured.forEach((each, at) => report(modes[at] ?? '', each))
} else {
  process.send(await measureAll(process.argv[2] ?? ''), () => process.disconnect())
}
