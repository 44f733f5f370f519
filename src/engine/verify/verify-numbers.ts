import { sql, type RawBuilder } from 'kysely'
import { kindOf } from '../../db/kind.ts'
import type { Trx } from '../../db/store.ts'
import type { Problem } from '../../domain/words/problems.ts'

const NUMBERS_A_PAGE = 10_000

type Range = { first: number; last: number }

/**
 * Reports ids that were never assigned and, where all have been assigned in order, those without a
 * trace: of a job that neither exists nor is in the deletion log, or of an entry that neither exists
 * nor lies within the journal of a deleted job. Ids are read in order, page by page.
 */
export async function* verifyNumbers(trx: Trx): AsyncGenerator<Problem> {
  const { isTallied, lastId } = kindOf(trx)
  const given = {
    job: await lastId(trx, 'tallyman_job'),
    entry: await lastId(trx, 'tallyman_journal'),
  }
  if (!isTallied) yield* missingNumbers(trx, given)
  for (const [table, column, last] of [
    ['tallyman_job', 'id', given.job],
    ['tallyman_removal', 'job_id', given.job],
    ['tallyman_journal', 'id', given.entry],
  ] as const) {
    const highest = await highestIn(trx, table, column)
    if (highest > last) yield { problem: 'numbers_off', table, last, highest }
  }
}

type Given = { job: number; entry: number }

async function* missingNumbers(trx: Trx, given: Given): AsyncGenerator<Problem> {
  const jobs = inOrder(ids(trx, 'tallyman_job'), removedJobs(trx))
  for await (const { first, last } of missingIn(jobs, given.job)) {
    yield { problem: 'jobs_gone', from: first, to: last }
  }
  const entries = inOrder(ids(trx, 'tallyman_journal'), removedEntries(trx))
  for await (const { first, last } of missingIn(entries, given.entry)) {
    yield { problem: 'entries_gone', from: first, to: last }
  }
}

async function* missingIn(known: AsyncIterable<Range>, last: number): AsyncGenerator<Range> {
  let next = 1
  for await (const range of known) {
    if (range.first > next) yield { first: next, last: range.first - 1 }
    next = Math.max(next, range.last + 1)
  }
  if (next <= last) yield { first: next, last }
}

/** Merges two sequences that are sorted by `first`. */
async function* inOrder(
  one: AsyncIterator<Range>,
  other: AsyncIterator<Range>,
): AsyncGenerator<Range> {
  let [a, b] = [await one.next(), await other.next()]
  for (;;) {
    if (!a.done && (b.done || a.value.first <= b.value.first)) {
      yield a.value
      a = await one.next()
    } else if (!b.done) {
      yield b.value
      b = await other.next()
    } else return
  }
}

type Numbered = 'tallyman_job' | 'tallyman_journal'

async function* ids(trx: Trx, table: Numbered): AsyncGenerator<Range> {
  yield* inPages(async (after) => {
    const { rows } = await sql<Range>`
      select id as first, id as last from ${sql.table(table)} where id > ${after}
      order by id limit ${NUMBERS_A_PAGE}`.execute(trx)
    return rows
  })
}

async function* removedJobs(trx: Trx): AsyncGenerator<Range> {
  const ranges = sql`
    select job_id as first, job_id as last from tallyman_removal
    union all select first_job, last_job from tallyman_gap where first_job > 0`
  yield* inPages((after) => pageOf(trx, ranges, after))
}

/** Where several ranges begin with the same id, only the longest counts. */
async function* removedEntries(trx: Trx): AsyncGenerator<Range> {
  const ranges = sql`
    select first_entry as first, last_entry as last from tallyman_removal
    union all select 1, last_entry from tallyman_gap where first_job > 0`
  yield* inPages((after) => pageOf(trx, ranges, after))
}

async function pageOf(trx: Trx, ranges: RawBuilder<unknown>, after: number): Promise<Range[]> {
  const { rows } = await sql<Range>`
    select first, max(last) as last from (${ranges}) as range
    where first > ${after} group by first order by first limit ${NUMBERS_A_PAGE}`.execute(trx)
  return rows
}

async function* inPages(read: (after: number) => Promise<Range[]>): AsyncGenerator<Range> {
  let page: Range[]
  let after = 0
  do {
    page = await read(after)
    yield* page
    after = page.at(-1)?.first ?? after
  } while (page.length === NUMBERS_A_PAGE)
}

async function highestIn(trx: Trx, table: string, column: string): Promise<number> {
  const { rows } = await sql<{ highest: number | null }>`
    select max(${sql.ref(column)}) as highest from ${sql.table(table)}`.execute(trx)
  return rows[0]?.highest ?? 0
}
