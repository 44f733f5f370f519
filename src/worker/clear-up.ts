import type { Db } from '../db/store.ts'
import { isFinal } from '../domain/status.ts'
import { forgetKeys } from '../engine/delete-job.ts'
import { findJob } from '../engine/jobs.ts'
import { discardFiles } from '../pipeline/export.ts'

/** Forgets what only a job that goes on would need; one that failed may. */
export async function clearUp(db: Db, jobId: number): Promise<void> {
  const job = await findJob(db, jobId)
  if (job === undefined || !isFinal(job.status)) return

  await forgetKeys(db, jobId)
  await discardFiles(job)
}
