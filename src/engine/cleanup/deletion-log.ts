import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { RemovalTable } from '../../db/schema.ts'
import type { Db, Trx } from '../../db/store.ts'
import { COUNTERS, noCounters, type Counters } from '../../domain/jobs/counters.ts'
import { LOGGED_COLUMNS } from '../../domain/jobs/job-row.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { pickColumns } from '../ground/columns.ts'
import { entriesOf } from '../ground/job-entries.ts'
import { rowsBeside } from '../ground/rows-beside.ts'

const PAGE_SIZE = 1_000

/** A deleted job: what it did, and when and by whom it was deleted. */
export type LoggedDeletion = Omit<Selectable<RemovalTable>, 'counters' | 'dry_run'> & {
  counters: Counters
  /** Rows inserted minus deleted by triggers and foreign keys, which the counters leave out. */
  rowsBeside: number
  dryRun: boolean
}

/** Records of older versions lack the newer counters. */
const counters = z
  .partialRecord(z.enum(COUNTERS), z.number())
  .transform((known): Counters => ({ ...noCounters(), ...known }))

/** The stored JSON: the counters and `rows_beside`. */
const kept = z
  .looseObject({ rows_beside: z.number().default(0) })
  .transform(({ rows_beside, ...rest }) => ({
    counters: counters.parse(rest),
    rowsBeside: rows_beside,
  }))

/** @param job with its table by the name by which it keeps it */
export async function logDeletion(
  trx: Trx,
  job: Job,
  { actor, now }: { actor: string; now: Date },
): Promise<void> {
  await trx
    .insertInto('tallyman_removal')
    .values({
      job_id: job.id,
      ...pickColumns(job, LOGGED_COLUMNS),
      dry_run: job.dry_run ? 1 : 0,
      counters: JSON.stringify({
        ...job.counters,
        rows_beside: await rowsBeside(trx, job.id),
      }),
      removed_at: now.toISOString(),
      removed_by: actor,
      ...(await entriesOf(trx, job.id)),
    })
    .execute()
}

/** Yields all logged deletions, by job id. */
export async function* iterateDeletionLog(db: Db | Trx): AsyncGenerator<LoggedDeletion> {
  for await (const row of iterateRemovalRows(db)) yield toLoggedDeletion(row)
}

/** Yields the same as stored rows, page by page. */
export async function* iterateRemovalRows(db: Db | Trx): AsyncGenerator<Selectable<RemovalTable>> {
  let after = 0
  let page: Selectable<RemovalTable>[]
  do {
    page = await db
      .selectFrom('tallyman_removal')
      .selectAll()
      .where('job_id', '>', after)
      .orderBy('job_id')
      .limit(PAGE_SIZE)
      .execute()
    yield* page
    after = page.at(-1)?.job_id ?? after
  } while (page.length === PAGE_SIZE)
}

function toLoggedDeletion({
  dry_run,
  counters: text,
  ...row
}: Selectable<RemovalTable>): LoggedDeletion {
  return { ...row, dryRun: dry_run === 1, ...toKept(text) }
}

/** @throws SyntaxError or ZodError for text that Tallyman did not write */
export function toKept(text: string): Pick<LoggedDeletion, 'counters' | 'rowsBeside'> {
  return kept.parse(JSON.parse(text))
}
