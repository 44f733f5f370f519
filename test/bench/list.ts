import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import type { Db, Store } from '../../src/db/store.ts'
import { DIRECTIONS, JOB_SORTS, type JobSort } from '../../src/domain/jobs/job-list.ts'
import { JOB_STATUSES, JOB_TYPES } from '../../src/domain/states/status.ts'
import { writeCursor } from '../../src/engine/ground/cursor.ts'
import { valueOf } from '../../src/engine/list/index-scans.ts'
import { journalAfter, journalBefore } from '../../src/engine/ground/journal.ts'
import { listJobs, type JobQuery } from '../../src/engine/list/list-jobs.ts'
import { listRejectKinds } from '../../src/engine/rejects/reject-kinds.ts'
import { findReject } from '../../src/engine/rejects/find-reject.ts'
import { exampleRejects, pageOfRejects } from '../../src/engine/rejects/rejects.ts'
import {
  BIG,
  buildDatabase,
  FEW,
  LAST_DAY,
  LONG,
  MANY,
  SMALL,
  type Size,
  TEMPLATES,
  WORDS,
} from './big-database.ts'
import { buildOnPostgres } from './big-postgres.ts'
import { median } from './measure.ts'
import { startBenchServer } from './postgres-server.ts'

const RUNS = Number(process.env['RUNS'] ?? 41)
const ROWS = 50
const NOW = new Date('2026-02-01T00:00:00.000Z')
const DAY_MS = 24 * 3_600_000

/** The same question to the small and to the big database. */
type Question = { name: string; small: Ask; big: Ask }
type Ask = (db: Db) => Promise<unknown>

/** How long the console's questions take with a million jobs, against a thousand, side by side. */
export async function* measureList(): AsyncGenerator<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-bench-'))
  try {
    yield* measureOn('SQLite', (name, size) => buildDatabase(path.join(folder, `${name}.db`), size))
  } finally {
    rmSync(folder, { recursive: true })
  }
  const server = await startBenchServer()
  if (server === undefined) return yield 'list on PostgreSQL: not measured, since there is none'
  try {
    yield* measureOn('PostgreSQL', async (name, size) =>
      buildOnPostgres(await server.database(`tallyman_${name}`), size),
    )
  } finally {
    await server.stop()
  }
}

async function* measureOn(
  kind: string,
  build: (name: string, size: Size) => Promise<Store>,
): AsyncGenerator<string> {
  const began = performance.now()
  const [small, big] = [await build('small', SMALL), await build('big', BIG)]
  const built = ((performance.now() - began) / 1000).toFixed(0)
  try {
    yield `list: a thousand and a million jobs on ${kind}, built in ${built} s`
    yield* await compare(small, big)
  } finally {
    await Promise.all([small.close(), big.close()])
  }
}

export async function compare(
  small: Store,
  big: Store,
  isWanted: (name: string) => boolean = () => true,
): Promise<string[]> {
  const lines: string[] = []
  let worst = 0
  const questions = [...(await listQuestions(small.db, big.db)), ...jobQuestions()]
  for (const question of questions.filter(({ name }) => isWanted(name))) {
    const [few, many] = await sideBySide(
      () => question.small(small.db),
      () => question.big(big.db),
    )
    worst = Math.max(worst, many / few)
    const figures = [few, many].map((ms) => ms.toFixed(2).padStart(7)).join(' ')
    lines.push(`  ${question.name.padEnd(44)} ${figures} ms  × ${(many / few).toFixed(2)}`)
  }
  return [...lines, `  worst: × ${worst.toFixed(2)}`]
}

async function sideBySide(one: () => Promise<unknown>, other: () => Promise<unknown>) {
  const [ones, others]: [number[], number[]] = [[], []]
  for (let run = 0; run < RUNS; run++) {
    ones.push(await milliseconds(one))
    others.push(await milliseconds(other))
  }
  return [median(ones), median(others)] as const
}

async function milliseconds(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await act()
  return performance.now() - began
}

async function listQuestions(small: Db, big: Db): Promise<Question[]> {
  const questions: Question[] = []
  const ask = (name: string, query: Omit<JobQuery, 'limit' | 'now'>) => {
    const list: Ask = (db) => listJobs(db, { ...query, limit: ROWS, now: NOW })
    questions.push({ name, small: list, big: list })
  }
  const day = { from: LAST_DAY, to: new Date(LAST_DAY.getTime() + DAY_MS) }
  const morning = { from: LAST_DAY, to: new Date(LAST_DAY.getTime() + DAY_MS / 2) }

  for (const sort of JOB_SORTS) {
    for (const direction of DIRECTIONS) ask(`${sort} ${direction}`, { sort, direction })
    const [deep, deepest] = [await middleOf(small, sort), await middleOf(big, sort)]
    const list =
      (cursor: string): Ask =>
      (db) =>
        listJobs(db, { sort, direction: 'asc', cursor, limit: ROWS, now: NOW })
    questions.push({
      name: `${sort}, the page in the middle`,
      small: list(deep),
      big: list(deepest),
    })
  }
  for (const status of JOB_STATUSES) ask(`status ${status}`, { status })
  for (const type of JOB_TYPES) ask(`type ${type}`, { type })
  for (const sort of JOB_SORTS) {
    ask(`failed by ${sort}`, { status: 'failed', sort })
    ask(`exports by ${sort}`, { type: 'export', sort })
    ask(`finished imports by ${sort}`, { status: 'finished', type: 'import', sort })
  }
  for (const sort of JOB_SORTS) ask(`a day by ${sort}`, { ...day, sort })
  ask('half a day, failed', { ...morning, status: 'failed' })
  for (const text of [...Object.values(WORDS), 'nowhere', 'us', 'qx', 'z', '500', 'customers 00']) {
    ask(`text "${text}"`, { text })
    ask(`text "${text}" by label`, { text, sort: 'label', direction: 'asc' })
    ask(`text "${text}" by end, failed`, { text, sort: 'ended_at', status: 'failed' })
    ask(`text "${text}" in a day`, { text, ...day })
  }
  for (const [name, template] of [...Object.entries(TEMPLATES), ['unknown', '1']] as const) {
    for (const sort of JOB_SORTS) ask(`template, ${name}, by ${sort}`, { template, sort })
    ask(`template, ${name}, failed`, { template, status: 'failed' })
    ask(`template, ${name}, failed, by label`, { template, status: 'failed', sort: 'label' })
    ask(`template, ${name}, imports`, { template, type: 'import' })
    ask(`template, ${name}, with rejects`, { template, withRejects: true })
    ask(`template, ${name}, in a day`, { template, ...day })
    ask(`template, ${name}, text`, { template, text: WORDS.common })
    ask(`template, ${name}, rare text`, { template, text: WORDS.rare })
  }
  return questions
}

/** The cursor of the page that begins in the middle of the list, ascending. */
async function middleOf(db: Db, sort: JobSort): Promise<string> {
  const value = sort === 'id' ? sql`0` : valueOf(sort)
  const { rows } = await sql<{ id: number; value: string | number }>`
    select job.id, ${value} as value from tallyman_job as job order by value, job.id
    limit 1 offset (select count(*) / 2 from tallyman_job)`.execute(db)
  return writeCursor([sort, 'next', rows[0]?.value ?? 0, rows[0]?.id ?? 0, NOW.getTime()])
}

/** A job with few rejects against one with millions, a short journal against a long one. */
function jobQuestions(): Question[] {
  const about = (name: string, few: Ask, many: Ask) => ({ name, small: few, big: many })
  const rejects = (name: string, ask: (db: Db, job: number, middle: number) => Promise<unknown>) =>
    about(
      `rejects: ${name}`,
      (db) => ask(db, FEW, SMALL.fewRejects),
      (db) => ask(db, MANY, BIG.manyRejects),
    )
  const journal = (name: string, ask: (db: Db, job: number) => Promise<unknown>) =>
    about(
      `journal: ${name}`,
      (db) => ask(db, FEW),
      (db) => ask(db, LONG),
    )
  const limit = 10
  return [
    rejects('summary', (db, job) => listRejectKinds(db, job)),
    rejects('first page', (db, job) => pageOfRejects(db, job, { limit })),
    rejects('page in the middle', (db, job, record) =>
      pageOfRejects(db, job, { limit, cursor: writeCursor(['next', record, 0]) }),
    ),
    rejects('back from the middle', (db, job, record) =>
      pageOfRejects(db, job, { limit, cursor: writeCursor(['previous', record, 0]) }),
    ),
    rejects('of a type', (db, job) => pageOfRejects(db, job, { limit, type: 'warning' })),
    rejects('of a code', (db, job) => pageOfRejects(db, job, { limit, code: 'TLY-3001' })),
    rejects('of a field', (db, job) => pageOfRejects(db, job, { limit, field: 'age' })),
    rejects('of a rare kind', (db, job) => pageOfRejects(db, job, { limit, field: 'city' })),
    rejects('of a code, in the middle', (db, job, record) =>
      pageOfRejects(db, job, {
        limit,
        code: 'TLY-3001',
        cursor: writeCursor(['next', record, 0]),
      }),
    ),
    rejects('one', (db, job, record) => findReject(db, job, record)),
    rejects('examples', (db, job) => exampleRejects(db, job, { kinds: 10, each: 3 })),
    journal('newest page', (db, job) => journalBefore(db, job, { limit: 5 })),
    journal('first page', (db, job) => journalAfter(db, job, { after: 0, limit: 5 })),
    journal('of a level', (db, job) => journalBefore(db, job, { level: 'error', limit: 5 })),
    journal('older', (db, job) => journalBefore(db, job, { before: 7_000_000, limit: 5 })),
  ]
}

if (import.meta.main) for await (const line of measureList()) console.log(line)
