import type { Trx } from '../../db/store.ts'
import { ConflictError } from '../../domain/words/errors.ts'
import type { Job } from '../../domain/jobs/job.ts'
import {
  STANDARD_STREAM,
  type ExportSpecification,
} from '../../domain/specification/specification.ts'
import { MOVING_STATUSES } from '../../domain/states/status.ts'
import { toJob } from '../ground/job-row.ts'

/** Statuses that reserve the result file; a job that is being edited does not. */
const UNDER_WAY = [...MOVING_STATUSES, 'paused'] as const

/**
 * Checks, in the transaction that starts an export, that no other export under way writes the same
 * file.
 * @throws ConflictError
 */
export async function requireFreeResult(trx: Trx, job: Job): Promise<void> {
  if (job.type !== 'export' || job.specification.path === STANDARD_STREAM) return
  const others = await trx
    .selectFrom('tallyman_job')
    .selectAll()
    .where('type', '=', 'export')
    .where('status', 'in', UNDER_WAY)
    .where('file_name', '=', job.file_name)
    .where('id', '<>', job.id)
    .execute()
  const place = placeOf(job.specification)
  const taken = others
    .map((row) => toJob(trx, row))
    .find((other) => other.type === 'export' && placeOf(other.specification) === place)
  if (taken === undefined) return
  throw new ConflictError({ problem: 'file_taken', path: job.specification.path, id: taken.id })
}

function placeOf({ place, path }: ExportSpecification): string {
  return place ?? path
}
