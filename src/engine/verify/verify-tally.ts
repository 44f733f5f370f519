import { kindOf } from '../../db/kind.ts'
import type { TallyTable } from '../../db/own/tally-table.ts'
import type { Trx } from '../../db/store.ts'
import type { Problem } from '../../domain/words/problems.ts'

/** Reports jobs and records of their removal that were written and are gone, or the other way round. */
export async function verifyTally(trx: Trx): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const table of ['tallyman_job', 'tallyman_removal'] as const) {
    const { found } = await trx
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('found'))
      .executeTakeFirstOrThrow()
    problems.push(...(await comparedWithTally(trx, { name: table, job_id: 0 }, found)))
  }
  return problems
}

/** The same of a job's journal, in which so many entries were found. */
export async function verifyEntries(trx: Trx, jobId: number, found: number): Promise<Problem[]> {
  return await comparedWithTally(trx, { name: 'tallyman_journal', job_id: jobId }, found)
}

async function comparedWithTally(
  trx: Trx,
  { name, job_id }: Pick<TallyTable, 'name' | 'job_id'>,
  found: number,
): Promise<Problem[]> {
  if (!kindOf(trx).isTallied) return []
  const tally = await trx
    .selectFrom('tallyman_tally')
    .select('written')
    .where('name', '=', name)
    .where('job_id', '=', job_id)
    .executeTakeFirst()
  const written = tally?.written ?? 0
  return written === found ? [] : [{ problem: 'own_rows_off', table: name, written, found }]
}
