import { kindOf } from '../../db/kind.ts'
import type { Db, Trx } from '../../db/store.ts'
import { COUNTERS } from '../../domain/jobs/counters.ts'
import { LISTED_COLUMNS, type ListedJob } from '../../domain/jobs/job.ts'
import { without } from '../ground/columns.ts'
import { parsedOf } from '../ground/job-row.ts'

const COLUMNS = [...LISTED_COLUMNS.filter((name) => name !== 'counters'), ...COUNTERS]

/** The jobs with these ids, in the given order; ids without a job are left out. */
export async function listJobsByIds(db: Db | Trx, ids: number[]): Promise<ListedJob[]> {
  if (ids.length === 0) return []
  const { readName } = kindOf(db)
  const rows = await db.selectFrom('tallyman_job').select(COLUMNS).where('id', 'in', ids).execute()
  const found = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = found.get(id)
    return row === undefined
      ? []
      : [{ ...without(row, COUNTERS), ...parsedOf(row), target_table: readName(row.target_table) }]
  })
}

/** The highest job id, or 0 where there are no jobs. */
export async function newestJobId(db: Db | Trx): Promise<number> {
  const { id } = await db
    .selectFrom('tallyman_job')
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirstOrThrow()
  return id ?? 0
}
