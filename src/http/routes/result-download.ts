import path from 'node:path'
import { NotFoundError } from '../../domain/words/errors.ts'
import { hasResult, type Job } from '../../domain/jobs/job.ts'
import { KnownHashes } from '../../pipeline/source/known-hashes.ts'
import { openResult, streamResult, type OpenedResult } from '../../pipeline/export/result-file.ts'
import { attachment } from '../responses/download.ts'
import type { Handler } from '../ground/route.ts'
import type { AppDeps } from '../ground/env.ts'
import { jobOf } from '../ground/params.ts'

/** The file that an export wrote, as a download. */
export function downloadResult({ store }: Pick<AppDeps, 'store'>): Handler {
  const hashes = new KnownHashes()
  return async (c) => {
    const job = await jobOf(store.db, c)
    const result = await resultOf(job, hashes, c.req.raw.signal)
    const { size } = result.identity
    c.header('Content-Type', typeOf(job.file_name))
    c.header('Content-Disposition', attachment(job.file_name))
    c.header('Content-Length', String(size))
    // Sent as stored: compression in transit would make the length unknown.
    c.header('Cache-Control', 'no-store, no-transform')
    if (c.req.method === 'HEAD' || size === 0) {
      await result.handle.close()
      return c.body(null)
    }
    return c.body(streamResult(result))
  }
}

/** @throws NotFoundError */
async function resultOf(job: Job, hashes: KnownHashes, signal: AbortSignal): Promise<OpenedResult> {
  if (!hasResult(job)) throw new NotFoundError({ problem: 'no_result', id: job.id })
  const result = await openResult(job, hashes, signal)
  if (result !== undefined) return result
  throw new NotFoundError({ problem: 'result_gone', path: job.specification.path })
}

const TYPES: Record<string, string> = {
  '.gz': 'application/gzip',
  '.tsv': 'text/tab-separated-values; charset=utf-8',
  '.tab': 'text/tab-separated-values; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
}

function typeOf(name: string): string {
  return TYPES[path.extname(name).toLowerCase()] ?? 'application/octet-stream'
}
