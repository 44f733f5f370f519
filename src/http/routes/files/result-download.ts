import { NotFoundError } from '../../../domain/words/errors.ts'
import { hasResult, shownPath } from '../../../domain/jobs/job.ts'
import { openResult } from '../../../pipeline/export/result-file.ts'
import { KnownHashes } from '../../../pipeline/source/known-hashes.ts'
import type { Handler } from '../../ground/route.ts'
import type { AppDeps } from '../../ground/env.ts'
import { jobOf } from '../../ground/params.ts'
import { sendFile } from '../../downloads/send-file.ts'

/** The file that an export wrote, as a download. */
export function downloadResult({ store: { db } }: Pick<AppDeps, 'store'>): Handler {
  const hashes = new KnownHashes()
  return async (c) => {
    const job = await jobOf(db, c)
    if (!hasResult(job)) throw new NotFoundError({ problem: 'no_result', id: job.id })
    const result = await openResult(db, job, hashes, c.req.raw.signal)
    if (result === undefined) {
      throw new NotFoundError({ problem: 'result_gone', path: shownPath(job) })
    }
    return await sendFile(c, result, { name: job.file_name, version: job.file_sha256 ?? '' })
  }
}
