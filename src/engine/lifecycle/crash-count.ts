import type { Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { Failure } from '../../domain/words/failures.ts'
import type { Message } from '../../domain/words/messages.ts'
import { toJob } from '../ground/job-row.ts'
import type { ExpiredLease } from './expired-leases.ts'

/** Crashes at the same checkpoint after which a job fails (poison record). */
export const MAX_CRASHES = 3

/**
 * Locks a job with an expired lease for the transaction and counts its worker's crash. Compare and
 * swap: undefined if the job changed or its worker gave a sign of life since it was observed.
 */
export async function takeOver(trx: Trx, seen: ExpiredLease): Promise<Job | undefined> {
  const { id, status, claim, progressed_at } = seen
  const row = await trx
    .updateTable('tallyman_job')
    .set((eb) => {
      if (claim === null) return { status }
      // A dry run restarts at the first record, so the furthest position of all runs counts.
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
  return row === undefined ? undefined : toJob(trx, row)
}

function beatenSince(trx: Trx, { claim, heartbeat_at = '' }: ExpiredLease) {
  return trx
    .selectFrom('tallyman_worker')
    .select('id')
    .where('claim', '=', claim)
    .where('heartbeat_at', '<>', heartbeat_at)
}

/** The failure of a job that crashed too many workers, and messages with the suspect records. */
export function explainCrashes(job: Job): { failure: Failure; inQuestion: Message[] } {
  const record = job.checkpoint?.record ?? 0
  return {
    failure: { reason: 'worker_died', params: { times: job.deaths, record } },
    inQuestion: recordsInQuestion(job),
  }
}

/** Of the batch under way, only its start and its maximum length are known. */
function recordsInQuestion({ checkpoint, total }: Job): Message[] {
  if (checkpoint === null) return []
  const { record, line, offset, ahead = 0 } = checkpoint
  const from = record + 1
  const to = Math.min(record + ahead, total ?? Infinity)
  if (to < from) return []
  if (to > from) return [{ code: 'TLY-1025', params: { from, to } }]
  return [{ code: 'TLY-1024', params: { record: from, line: line ?? 0, offset: offset ?? 0 } }]
}
