import type { Db } from '../../../db/store.ts'
import { NotFoundError } from '../../../domain/words/errors.ts'
import { offersSource, shownPath, type Job } from '../../../domain/jobs/job.ts'
import { openKeptSource } from '../../../pipeline/source/kept-source.ts'
import { KnownHashes } from '../../../pipeline/source/known-hashes.ts'
import { sendFile } from '../../downloads/send-file.ts'
import type { AppDeps } from '../../ground/env.ts'
import { jobOf } from '../../ground/params.ts'
import type { Handler } from '../../ground/route.ts'

/**
 * The file that an import reads, as a download: one that was uploaded, or one of an inbox that is
 * still as the job read it. What lies anywhere else on the machine is nobody's to ask for.
 */
export function downloadSource({ store: { db } }: Pick<AppDeps, 'store'>): Handler {
  const hashes = new KnownHashes()
  return async (c) => {
    const job = await jobOf(db, c)
    const opened = await openSourceOf(db, job, hashes, c.req.raw.signal)
    if (opened !== undefined)
      return await sendFile(c, opened.file, { name: job.file_name, ...opened })
    throw new NotFoundError({ problem: 'source_not_kept', path: shownPath(job) })
  }
}

async function openSourceOf(db: Db, job: Job, hashes: KnownHashes, signal: AbortSignal) {
  if (job.type !== 'import' || !offersSource(job)) return undefined
  const known = { size: job.file_size, sha256: job.file_sha256 }
  return await openKeptSource(db, job.specification, known, { hashes, signal })
}
