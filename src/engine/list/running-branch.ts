import { sql } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'
import { durationOf } from '../../domain/jobs/job.ts'
import { HELD_STATUSES } from '../../domain/states/status.ts'
import { conditionsOf } from './job-conditions.ts'
import type { KeysetPosition, KeysetWalk } from './keyset-query.ts'
import type { UnionBranch } from './union-branches.ts'

/** The held jobs by duration at `now`, sorted in memory: they are few, and no index has it. */
export async function runningBranch(db: Db | Trx, walk: KeysetWalk): Promise<UnionBranch[]> {
  const { filter, after, direction, limit, now } = walk
  const { rows } = await sql<{ id: number; duration_ms: number; running_since: string }>`
    select id, duration_ms, running_since from tallyman_job as job
    where status in (${sql.join([...HELD_STATUSES])}) and ${conditionsOf(filter, walk.hints)}
  `.execute(db)
  const sign = direction === 'asc' ? 1 : -1
  const places = rows
    .map((row) => ({ id: row.id, value: durationOf(row, now) }))
    .filter((place) => after === undefined || sign * compare(place, after) > 0)
    .sort((a, b) => sign * compare(a, b))
    .slice(0, limit)
    .map(({ id, value }) => sql`(${sql.lit(id)}, ${sql.lit(value)})`)
  return places.length === 0
    ? []
    : [sql`select column1 as id, column2 as value from (values ${sql.join(places)}) as running`]
}

function compare(a: KeysetPosition, b: KeysetPosition): number {
  return Number(a.value) - Number(b.value) || a.id - b.id
}
