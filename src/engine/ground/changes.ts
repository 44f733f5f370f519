import { z } from 'zod'
import type { Db, Trx } from '../../db/store.ts'
import type { ChangedRow } from '../../domain/jobs/changed-row.ts'

const cells = z.array(
  z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
)

/** Appends rows that a dry run would have changed. */
export async function writeChanges(trx: Trx, jobId: number, changes: ChangedRow[]): Promise<void> {
  if (changes.length === 0) return
  const { last } = await trx
    .selectFrom('tallyman_change')
    .select((eb) => eb.fn.max('seq').as('last'))
    .where('job_id', '=', jobId)
    .executeTakeFirstOrThrow()
  const from = last === null ? 0 : Number(last) + 1
  const rows = changes.map(({ cells: changed, ...row }, at) => ({
    ...row,
    job_id: jobId,
    seq: from + at,
    cells: JSON.stringify(changed),
  }))
  await trx.insertInto('tallyman_change').values(rows).execute()
}

/** The first rows that a dry run would have changed, in the order of the file. */
export async function changesOf(db: Db | Trx, jobId: number): Promise<ChangedRow[]> {
  const rows = await db
    .selectFrom('tallyman_change')
    .select(['record', 'line', 'kind', 'cells'])
    .where('job_id', '=', jobId)
    .orderBy('seq')
    .execute()
  return rows.map((row) => ({ ...row, cells: cells.parse(JSON.parse(row.cells)) }))
}
