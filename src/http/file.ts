import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { NotFoundError } from '../domain/errors.ts'
import type { Job } from '../domain/job.ts'
import { attachment } from './download.ts'
import type { AppDeps, AppEnv } from './env.ts'
import { jobOf } from './params.ts'

/** The file that an export wrote, as a download. */
export function fileRoutes({ store }: Pick<AppDeps, 'store'>) {
  return new Hono<AppEnv>().get('/jobs/:id{[0-9]+}/file', async (c) => {
    const job = await jobOf(store.db, c)
    const { handle, size } = await openResult(job)
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

/** What has no end, such as a pipe, must not be waited for. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/**
 * Only the very file: a link in its place is not followed, and one of another size was written by
 * somebody else.
 * @throws NotFoundError
 */
async function openResult(job: Job): Promise<{ handle: FileHandle; size: number }> {
  if (job.type !== 'export' || job.status !== 'finished') {
    throw new NotFoundError({ problem: 'no_result', id: job.id })
  }
  const { path: file } = job.specification
  const handle = await open(file, FLAGS).catch(() => undefined)
  const found = await handle?.stat()
  if (handle !== undefined && found?.isFile() && found.size === job.file_size) {
    return { handle, size: found.size }
  }
  await handle?.close()
  throw new NotFoundError({ problem: 'result_gone', path: file })
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
