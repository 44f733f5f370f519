import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { MAIN } from '../support/programs/main.ts'
import { writeBadFile } from './bad-file.ts'
import { median, seconds } from './measure.ts'
import { loadByPgloader } from './pgloader.ts'
import { startBenchServer } from './postgres-server.ts'
import { measureTokenizer, writeBenchFile } from './tokenizer.ts'

const RUNS = Number(process.env['RUNS'] ?? 5)
const TABLE = `(id integer primary key, first_name text, last_name text, email text, city text, country text,
  birth_date date, amount numeric, score integer check (score >= 0), active boolean)`
const TELL_PEAK = `data:text/javascript,process.on('exit',()=>console.error(process.resourceUsage().maxRSS))`

type Bench = { url: string; folder: string; file: string; bad: string }

/** Imports and exports against psql, in turn, on the same server: the medians of the ratios. */
export async function* measurePostgres(): AsyncGenerator<string> {
  const hasPsql = spawnSync('psql', ['--version']).status === 0
  const server = hasPsql ? await startBenchServer() : undefined
  if (server === undefined) {
    return yield 'postgres: not measured, since there is no PostgreSQL or no psql'
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-bench-'))
  try {
    const url = await server.database('tallyman_bench')
    const [file, bad] = [path.join(folder, 'people.csv'), path.join(folder, 'bad.csv')]
    await writeBenchFile(file)
    await writeBadFile(file, bad)
    const bench = { url, folder, file, bad }
    psql(url, `create table ours ${TABLE}; create table peer ${TABLE}`)
    yield `postgres: medians of ${RUNS} runs`
    yield `  reading alone: ${((await measureTokenizer(file)) / 1e6).toFixed(1)} M records/s`
    yield* measureInserts(bench)
    yield measurePgloader(bench)
    yield* measureKeyed(bench)
    yield measureExports(bench)
    yield await measureTwo(bench)
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true })
  }
}

function measureInserts(bench: Bench): string[] {
  const [clean, dirty, peer]: number[][] = [[], [], []]
  const peaks: number[] = []
  for (let run = 0; run < RUNS; run++) {
    empty(bench)
    peer?.push(seconds(() => psql(bench.url, `\\copy peer from '${bench.file}' csv header`)))
    clean?.push(seconds(() => peaks.push(importFile(bench, bench.file, ['--operation', 'insert']))))
    empty(bench)
    dirty?.push(seconds(() => importFile(bench, bench.bad, ['--operation', 'insert'])))
  }
  return [
    told('insert, time of psql \\copy = 1', clean, peer),
    told('insert with 1 % bad records, time of a clean file = 1', dirty, clean),
    `  peak memory: ${(Math.max(...peaks) / 1024).toFixed(0)} MiB`,
  ]
}

function measurePgloader(bench: Bench): string {
  const { url, file, folder } = bench
  const [ours, peer]: number[][] = [[], []]
  for (let run = 0; run < RUNS; run++) {
    empty(bench)
    const began = performance.now()
    if (!loadByPgloader(url, file, folder)) return '  pgloader: not measured, since it is not there'
    peer?.push((performance.now() - began) / 1000)
    ours?.push(seconds(() => importFile(bench, file, ['--operation', 'insert'])))
  }
  return told('pgloader, time of an insert here = 1', peer, ours)
}

/** A bare COPY into a temporary table and INSERT … ON CONFLICT: all records are new, then known. */
function measureKeyed(bench: Bench): string[] {
  const times: number[][] = [[], [], [], []]
  const columns = 'first_name last_name email city country birth_date amount score active'.split(
    ' ',
  )
  const set = columns.map((column) => `${column} = excluded.${column}`).join(', ')
  const peer = () =>
    psql(
      bench.url,
      'create temporary table given (like peer)',
      `\\copy given from '${bench.file}' csv header`,
      `insert into peer select * from given on conflict (id) do update set ${set}`,
    )
  for (let run = 0; run < RUNS; run++) {
    empty(bench)
    for (const [at, measure] of [
      peer,
      () => importFile(bench, bench.file, ['--key', 'id']),
    ].entries()) {
      times[at]?.push(seconds(measure))
      times[at + 2]?.push(seconds(measure))
    }
  }
  const [newPeer, newOurs, knownPeer, knownOurs] = times
  return [
    told('with a key, all new, time of COPY and INSERT … ON CONFLICT = 1', newOurs, newPeer),
    told('with a key, all existing, time of the same = 1', knownOurs, knownPeer),
  ]
}

function measureExports(bench: Bench): string {
  const [ours, peer]: number[][] = [[], []]
  for (let run = 0; run < RUNS; run++) {
    const [own, other] = [path.join(bench.folder, 'ours.csv'), path.join(bench.folder, 'peer.csv')]
    peer?.push(
      seconds(() =>
        psql(bench.url, `\\copy (select * from ours order by id) to '${other}' csv header`),
      ),
    )
    ours?.push(seconds(() => tallyman(bench.url, 'export', 'ours', '--to', own, '--force')))
  }
  return told('export, time of psql \\copy … to = 1', ours, peer)
}

/** Two imports one after the other, and at once by two processes. */
async function measureTwo(bench: Bench): Promise<string> {
  const [alone, both]: number[][] = [[], []]
  for (let run = 0; run < RUNS; run++) {
    empty(bench)
    alone?.push(seconds(() => importFile(bench, bench.file, ['--operation', 'insert'])))
    empty(bench)
    const began = performance.now()
    await Promise.all(
      ['ours', 'peer'].map(async (table) => {
        const child = spawn(
          process.execPath,
          importArgs(bench, bench.file, ['--operation', 'insert'], table),
          { stdio: 'ignore' },
        )
        await once(child, 'exit')
      }),
    )
    both?.push((performance.now() - began) / 1000)
  }
  const twice = alone?.map((time) => 2 * time)
  return told('two imports at once, throughput of one = 1', twice, both)
}

function told(what: string, ours: number[] = [], peer: number[] = []): string {
  const ratios = ours.map((time, run) => time / (peer[run] ?? NaN))
  const all = ratios.map((ratio) => ratio.toFixed(2)).join(', ')
  return `  ${what}: ${median(ratios).toFixed(2)} (${all}); ${median(ours).toFixed(1)} s and ${median(peer).toFixed(1)} s`
}

function empty({ url }: Bench): void {
  psql(url, 'truncate ours, peer', 'checkpoint')
}

function psql(url: string, ...commands: string[]): void {
  execFileSync('psql', [
    '-q',
    '-v',
    'ON_ERROR_STOP=1',
    ...commands.flatMap((one) => ['-c', one]),
    url,
  ])
}

/** @returns the peak of its memory, in KiB */
function importFile(bench: Bench, file: string, options: string[]): number {
  const { stderr, status } = spawnSync(process.execPath, importArgs(bench, file, options), {
    encoding: 'utf8',
  })
  if (status !== 0 && status !== 3) throw new Error(`the import ended with ${status}: ${stderr}`)
  return Math.max(...(stderr.match(/^\d+$/gm) ?? []).map(Number))
}

function importArgs({ url }: Bench, file: string, options: string[], table = 'ours'): string[] {
  const args = ['import', file, '--into', table, ...options, '--json', '--again', '--database', url]
  return ['--import', TELL_PEAK, MAIN, ...args]
}

function tallyman(url: string, ...args: string[]): void {
  execFileSync(process.execPath, [MAIN, ...args, '--json', '--database', url])
}

if (import.meta.main) for await (const line of measurePostgres()) console.log(line)
