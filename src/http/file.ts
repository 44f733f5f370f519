import type { FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { NotFoundError } from '../domain/errors.ts'
import { hasResult, type Job } from '../domain/job.ts'
import { openResult } from '../pipeline/result-file.ts'
import { attachment } from './download.ts'
import type { AppDeps, AppEnv } from './env.ts'
import { jobOf } from './params.ts'

/** The file that an export wrote, as a download. */
export function fileRoutes({ store }: Pick<AppDeps, 'store'>) {
  return new Hono<AppEnv>().get('/jobs/:id{[0-9]+}/file', async (c) => {
    const job = await jobOf(store.db, c)
    const handle = await handleOf(job)
    const { size } = await handle.stat()
    c.header('Content-Type', typeOf(job.file_name))
    c.header('Content-Disposition', attachment(job.file_name))
    c.header('Content-Length', String(size))
    // As it lies on the disk: what is packed on its way has no length that could be told before.
    c.header('Cache-Control', 'no-store, no-transform')
    if (c.req.method === 'HEAD' || size === 0) {
      await handle.close()
      return c.body(null)
    }
    // To the size that was told, whatever becomes of the file meanwhile; the end closes it.
    const stream = handle.createReadStream({ start: 0, end: size - 1 })
    return c.body(Readable.toWeb(stream))
  })
}

/** @throws NotFoundError */
async function handleOf(job: Job): Promise<FileHandle> {
  if (!hasResult(job)) throw new NotFoundError({ problem: 'no_result', id: job.id })
  const handle = await openResult(job)
  if (handle !== undefined) return handle
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
