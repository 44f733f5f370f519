import { sql, type RawBuilder } from 'kysely'
import type { NumbersGiven, Trx } from '../../db/store.ts'
import type { Problem } from '../../domain/words/problems.ts'

const NUMBERS_A_PAGE = 10_000

type Range = { first: number; last: number }

/**
 * Reports assigned ids without a trace: of a job that neither exists nor is in the deletion log, or
 * of an entry that neither exists nor lies within the journal of a deleted job. Ids are read in
 * order, page by page.
 */
export async function* verifyNumbers(trx: Trx, given: NumbersGiven): AsyncGenerator<Problem> {
  const jobs = inOrder(ids(trx, 'tallyman_job'), removedJobs(trx))
  for await (const { first, last } of missingIn(jobs, given.job)) {
    yield { problem: 'jobs_gone', from: first, to: last }
  }
  const entries = inOrder(ids(trx, 'tallyman_journal'), removedEntries(trx))
  for await (const { first, last } of missingIn(entries, given.entry)) {
    yield { problem: 'entries_gone', from: first, to: last }
  }
  for (const [table, last] of [
    ['tallyman_job', given.job],
    ['tallyman_journal', given.entry],
  ] as const) {
    const highest = await highestIn(trx, table)
    if (highest > last) yield { problem: 'numbers_off', table, last, highest }
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

async function highestIn(trx: Trx, table: Numbered): Promise<number> {
  const { id } = await trx
    .selectFrom(table)
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirstOrThrow()
  return id ?? 0
}
