import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open, rm, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { hasResult, type ExportJob, type Job } from '../domain/job.ts'
import { discardFiles } from './export.ts'

/** What has no end, such as a pipe, must not be waited for. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/** What a deleted job takes along: what it left incomplete, and a result that lies in the outbox. */
export function filesIn(outbox: string) {
  return {
    discardPart: discardFiles,
    async discardResult(job: Job): Promise<void> {
      if (isKeptIn(outbox, job) && (await isUntouched(job))) await rm(job.specification.path)
    },
  }
}

/** In the outbox Tallyman keeps results for download; any other place is one that an operator chose. */
export function isKeptIn(outbox: string, job: Job): job is ExportJob {
  return hasResult(job) && path.dirname(job.specification.path) === path.resolve(outbox)
}

/** The very file that the job wrote; a link is not followed. */
export async function openResult(job: ExportJob): Promise<FileHandle | undefined> {
  const handle = await open(job.specification.path, FLAGS).catch(() => undefined)
  const found = await handle?.stat()
  if (found?.isFile() && found.size === job.file_size) return handle
  await handle?.close()
  return undefined
}

/** By its contents: something else of the same size may have taken its place. */
async function isUntouched(job: ExportJob): Promise<boolean> {
  const handle = await openResult(job)
  if (handle === undefined) return false
  const hash = createHash('sha256')
  for await (const chunk of handle.createReadStream()) hash.update(chunk)
  return hash.digest('hex') === job.file_sha256
}
