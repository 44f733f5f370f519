import { sql } from 'kysely'
import { kindOf } from '../../db/kind.ts'
import type { Trx } from '../../db/store.ts'
import { databaseProblemOf } from '../../db/database-problem.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { Message } from '../../domain/words/messages.ts'
import { isOver, JOB_STATUSES } from '../../domain/states/status.ts'

const NOT_OVER = JOB_STATUSES.filter((status) => !isOver(status))

/**
 * Drops the empty table that a job created, in the transaction in which the job fails or is
 * cancelled, so that columns of a misread file are not left for the next import. A job that resumes
 * creates the table again. A table that another job uses stays.
 * @returns the journal message; undefined where nothing was dropped
 */
export async function removeUnusedTable(trx: Trx, job: Job): Promise<Message | undefined> {
  const { type, specification, counters } = job
  if (type !== 'import' || !specification.create || specification.dryRun) return undefined
  if (counters.inserted > 0) return undefined

  const { table } = specification
  if (!(await hasMadeIt(trx, job)) || (await isOthers(trx, job))) return undefined
  return (await dropEmpty(trx, table)) ? { code: 'TLY-1042', params: { table } } : undefined
}

async function hasMadeIt(trx: Trx, { id }: Job): Promise<boolean> {
  const last = await trx
    .selectFrom('tallyman_journal')
    .select('code')
    .where('job_id', '=', id)
    .where('code', 'in', ['TLY-1015', 'TLY-1042'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.code === 'TLY-1015'
}

/** Whether another job that is not over has begun to use the table. */
async function isOthers(trx: Trx, { id, target_table: table }: Job): Promise<boolean> {
  const others = await trx
    .selectFrom('tallyman_job')
    .select('target_table')
    .distinct()
    .where('status', 'in', NOT_OVER)
    .where('checkpoint', 'is not', null)
    .where('id', '<>', id)
    .execute()
  const { readName, tableSql } = kindOf(trx)
  const own = await tableSql(trx, table)
  for (const { target_table: name } of others) {
    if ((await tableSql(trx, readName(name))) === own) return true
  }
  return false
}

/** In a savepoint: a table that is gone or referenced must not keep the job from ending. */
async function dropEmpty(trx: Trx, table: string): Promise<boolean> {
  await sql`savepoint tallyman_table`.execute(trx)
  let isDropped = false
  try {
    const name = sql.raw(await kindOf(trx).tableSql(trx, table))
    const { rows } = await sql`select 1 from ${name} limit 1`.execute(trx)
    isDropped = rows.length === 0
    if (isDropped) await sql`drop table ${name}`.execute(trx)
  } catch (error) {
    if (databaseProblemOf(error) !== undefined) throw error
    isDropped = false
    await sql`rollback to savepoint tallyman_table`.execute(trx)
  }
  await sql`release savepoint tallyman_table`.execute(trx)
  return isDropped
}
