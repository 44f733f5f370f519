import type { Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { Failure, Message } from '../../domain/words/messages.ts'
import { toJob } from '../ground/job-row.ts'
import type { ExpiredLease } from './expired-leases.ts'

/** Workers that a job may cost before it gets any further. */
export const MAX_CRASHES = 3

/**
 * Seizes a silent job for the transaction and counts the death of who ran it, unless the job moved
 * or its worker gave a sign of life since it was seen.
 */
export async function takeOver(trx: Trx, seen: ExpiredLease): Promise<Job | undefined> {
  const { id, status, claim, progressed_at } = seen
  const row = await trx
    .updateTable('tallyman_job')
    .set((eb) => {
      if (claim === null) return { status }
      // A dry run starts again at the first record: what counts is how far any run has got.
      const isNoFurther = eb('died_after', '>=', eb.ref('reached'))
      const deaths = eb
        .case()
        .when(isNoFurther)
        .then(eb('deaths', '+', 1))
        .else(1)
        .end()
      const diedAfter = eb
        .case()
        .when(isNoFurther)
        .then(eb.ref('died_after'))
        .else(eb.ref('reached'))
        .end()
      return status === 'running' ? { deaths, died_after: diedAfter } : { died_after: diedAfter }
    })
    .where('id', '=', id)
    .where('status', '=', status)
    .where('claim', claim === null ? 'is' : '=', claim)
    .where('progressed_at', progressed_at === null ? 'is' : '=', progressed_at)
    .where((eb) => eb.not(eb.exists(beatenSince(trx, seen))))
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? undefined : toJob(row)
}

function beatenSince(trx: Trx, { claim, heartbeat_at = '' }: ExpiredLease) {
  return trx
    .selectFrom('tallyman_worker')
    .select('id')
    .where('claim', '=', claim)
    .where('heartbeat_at', '<>', heartbeat_at)
}

/** Why a job that costs too many workers fails, and at which records they may have died. */
export function explainCrashes(job: Job): { failure: Failure; inQuestion: Message[] } {
  const record = job.checkpoint?.record ?? 0
  return {
    failure: { reason: 'worker_died', params: { times: job.deaths, record } },
    inQuestion: recordsInQuestion(job),
  }
}

/** Nothing of the batch that was under way is left but where it began, and how long it could be. */
function recordsInQuestion({ checkpoint, total }: Job): Message[] {
  if (checkpoint === null) return []
  const { record, line, offset, ahead = 0 } = checkpoint
  const from = record + 1
  const to = Math.min(record + ahead, total ?? Infinity)
  if (to < from) return []
  if (to > from) return [{ code: 'TLY-1025', params: { from, to } }]
  return [{ code: 'TLY-1024', params: { record: from, line: line ?? 0, offset: offset ?? 0 } }]
}
