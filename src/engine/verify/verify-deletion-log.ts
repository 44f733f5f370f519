import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { RemovalTable } from '../../db/schema.ts'
import type { Trx } from '../../db/store.ts'
import { DELETABLE_STATUSES } from '../../domain/states/commands.ts'
import { balances } from '../../domain/jobs/counters.ts'
import type { Problem } from '../../domain/words/problems.ts'
import { isOver, JOB_TYPES } from '../../domain/states/status.ts'
import { iterateRemovalRows, toKept, type LoggedDeletion } from '../cleanup/deletion-log.ts'

/** Reports rows of the deletion log whose parts contradict each other, or whose job exists. */
export async function* verifyRemovals(trx: Trx): AsyncGenerator<Problem> {
  for await (const removal of iterateRemovalRows(trx)) {
    for (const part of partsOff(removal)) {
      yield { problem: 'removal_off', job: removal.job_id, part }
    }
  }
  const returned = await trx
    .selectFrom('tallyman_removal')
    .select('job_id')
    .where('job_id', 'in', (eb) => eb.selectFrom('tallyman_job').select('id'))
    .execute()
  for (const { job_id: job } of returned) yield { problem: 'removal_off', job, part: 'job_id' }
}

/** The logged counters; undefined where the text is not Tallyman's. */
export function keptOf({
  counters,
}: Selectable<RemovalTable>): Pick<LoggedDeletion, 'counters' | 'rowsBeside'> | undefined {
  try {
    return toKept(counters)
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined
    throw error
  }
}

function* partsOff(removal: Selectable<RemovalTable>): Generator<string> {
  const { type, status, total, dry_run, started_at, ended_at } = removal
  const counters = keptOf(removal)?.counters
  const { processed = 0, inserted = 0, empty = 0, rejects = 0 } = counters ?? {}
  if (counters === undefined || !balances(counters, total)) yield 'counters'
  else if (type === 'export' && (inserted !== processed || empty + rejects > 0)) yield 'type'
  if (status === 'finished' && total !== processed) yield 'total'
  if (!JOB_TYPES.includes(type)) yield 'type'
  if (!DELETABLE_STATUSES.some((deletable) => deletable === status)) yield 'status'
  if (isOver(status) !== (ended_at !== null)) yield 'ended_at'
  if (processed > 0 && started_at === null) yield 'started_at'
  if (dry_run !== 0 && (dry_run !== 1 || type === 'export')) yield 'dry_run'
  if (!areEntriesInOrder(removal)) yield 'entries'
}

/** Every journal begins with the job's creation; older versions did not log where the run ended. */
function areEntriesInOrder(removal: Selectable<RemovalTable>): boolean {
  const { first_entry: first, begin_entry: begin, empty_entry: empty, last_entry: last } = removal
  if (first === null || last === null || first > last) return false
  const within = [begin, removal.end_entry, empty].filter((entry) => entry !== null)
  return (
    within.every((entry) => entry >= first && entry <= last) &&
    (empty === null || (begin !== null && empty >= begin))
  )
}
