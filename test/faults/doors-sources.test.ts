import { appendFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aStore } from '../support/a-store.ts'
import { byDatabase } from '../support/databases.ts'
import { tallyman } from '../support/programs/cli.ts'
import { rounds } from '../support/faults/chance.ts'

const PIECE_BYTES = 16 * 1024 * 1024
const PIECES = rounds(2, 120)
/** What the biggest process took in memory, in KiB, told as it ends. */
const TELLS_MEMORY = {
  NODE_OPTIONS:
    '--import "data:text/javascript,process.on(`exit`,()=>process.stderr.write(`maxRSS=${process.resourceUsage().maxRSS}`))"',
}
const COLUMNS = 100_000

/** A gzip of so many pieces more than it shows: 32 MB in `npm test`, 2 GB in the long form. */
function aBomb(folder: string, head: string, filling: string): string {
  const file = path.join(folder, 'bomb.csv.gz')
  const piece = gzipSync(Buffer.alloc(PIECE_BYTES, filling), { level: 1 })
  writeFileSync(file, gzipSync(head))
  for (let at = 0; at < PIECES; at++) appendFileSync(file, piece)
  return file
}

async function aTable() {
  const { folder, store } = await aStore()
  await sql`create table person (id integer, name text)`.execute(store.db)
  return { folder, store }
}

async function importOf(folder: string, file: string, ...more: string[]) {
  const args = ['import', file, '--into', 'person', ...more]
  const { code, out, err } = await tallyman(folder, args, TELLS_MEMORY)
  const [, memory = ''] = /maxRSS=(\d+)$/.exec(err) ?? []
  return { code, said: out + err.replace(/maxRSS=\d+$/, ''), mib: Number(memory) / 1024 }
}

type Case = { head: string; filling: string; code: number; answer: RegExp; mostMib: number }

const CASES: Record<string, Case> = {
  'a bomb of nothing': {
    head: '',
    filling: '\0',
    code: 2,
    answer: /header in line 1 cannot be read.*longer than 16,777,216/,
    mostMib: 350,
  },
  'a line without an end': {
    head: 'id,name\n1,x\n',
    filling: 'a',
    code: 3,
    answer: /2 processed = 1 success .* 1 rejects/,
    mostMib: 350,
  },
  'a quote without an end': {
    head: 'id,name\n1,"',
    filling: 'a',
    code: 3,
    answer: /1 processed = 0 success .* 1 rejects/,
    mostMib: 350,
  },
  // All that may belong to its record is kept, several times over.
  'a quote that no line ends': {
    head: 'id,name\n1,"',
    filling: 'aaaaaaa,\n',
    code: 1,
    answer: /first 100 records were all rejected/,
    mostMib: 650,
  },
}

test.each(Object.entries(CASES))(
  '%s takes bounded memory and gets its answer',
  async (_what, { head, filling, code, answer, mostMib }) => {
    const { folder } = await aTable()
    const imported = await importOf(folder, aBomb(folder, head, filling))
    expect([imported.code, imported.said]).toEqual([code, expect.stringMatching(answer)])
    expect(imported.mib).toBeGreaterThan(20)
    expect(imported.mib).toBeLessThan(mostMib)
  },
)

test('a hundred thousand columns are read, or too many for a table of their own', async () => {
  const { folder, store } = await aTable()
  const file = path.join(folder, 'wide.csv')
  const header = Array.from({ length: COLUMNS }, (_, at) => `c${at}`)
  writeFileSync(file, `${header.join(',')}\n${header.map(() => '7').join(',')}\n1,2\n`)
  const mapped = await importOf(folder, file, '--map', `c${COLUMNS - 1}=id`)
  expect([mapped.code, mapped.said]).toEqual([3, expect.stringContaining('1 inserted')])
  const { rows } = await sql`select * from person`.execute(store.db)
  expect(rows).toEqual([{ id: 7, name: null }])

  const made = await importOf(folder, file, '--into', 'wide', '--create')
  expect(made.code).toBe(1)
  const many = byDatabase({ SQLite: 'too many', PostgreSQL: 'tables can have at most 1600' })
  expect(made.said).toContain(`The database refuses to make the table wide: ${many} columns`)
  expect(made.mib).toBeLessThan(550)
})

test('long records with many faults each take bounded memory, and are kept once', async () => {
  const { folder, store } = await aTable()
  const fields = Array.from({ length: 100 }, (_, at) => `f${at}`)
  await sql.raw(`create table wide (${fields.join(' integer, ')} integer)`).execute(store.db)
  const file = path.join(folder, 'long.csv')
  const record = `${fields.map(() => 'x'.repeat(140_000)).join(',')}\n`
  const records = rounds(3, 100)
  writeFileSync(file, `${fields.join(',')}\n`)
  for (let at = 0; at < records; at++) appendFileSync(file, record)

  const imported = await importOf(folder, file, '--into', 'wide')
  expect(imported.mib).toBeLessThan(400)
  const { rows } = await sql`
    select errors, rejects, (select sum(length(raw)) from tallyman_reject) as bytes
    from tallyman_job`.execute(store.db)
  const bytes = records * (record.length - 1)
  expect(rows).toEqual([{ errors: 100 * records, rejects: records, bytes }])
})
