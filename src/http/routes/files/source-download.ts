import type { Db } from '../../../db/store.ts'
import { NotFoundError } from '../../../domain/words/errors.ts'
import { filesOfMemo, type SourceFacts } from '../../../domain/records/source-files.ts'
import { placesOf } from '../../../domain/specification/stored-path.ts'
import { offersSource, shownPath, type Job } from '../../../domain/jobs/job.ts'
import { openKeptSource, type HashedReading } from '../../../pipeline/source/kept-source.ts'
import { KnownHashes } from '../../../pipeline/source/known-hashes.ts'
import { sendFile } from '../../downloads/send-file.ts'
import type { AppDeps } from '../../ground/env.ts'
import { jobOf, wholeNumber } from '../../ground/params.ts'
import type { Handler } from '../../ground/route.ts'

/**
 * A file that an import reads, the first or the one that is asked for, as a download: one that was uploaded, or one of an inbox that is
 * still as the job read it. What lies anywhere else on the machine is nobody's to ask for.
 */
export function downloadSource({ store: { db } }: Pick<AppDeps, 'store'>): Handler {
  const hashes = new KnownHashes()
  return async (c) => {
    const job = await jobOf(db, c)
    const at = (wholeNumber(c.req.query('file')) ?? 1) - 1
    const opened = await openSourceOf(db, job, at, { hashes, signal: c.req.raw.signal })
    if (opened !== undefined) return await sendFile(c, opened.file, opened)
    const path = nameOf(job, at) ?? shownPath(job)
    throw new NotFoundError({ problem: 'source_not_kept', path })
  }
}

async function openSourceOf(db: Db, job: Job, at: number, reading: HashedReading) {
  if (job.type !== 'import' || !offersSource(job)) return undefined
  const files = filesReadBy(job)
  const known = files[at] ?? { size: job.file_size, sha256: job.file_sha256 }
  const place = placesOf(job.specification)[at]
  if (place === undefined) return undefined
  const opened = await openKeptSource(db, place, known, reading)
  return opened && { ...opened, name: nameOf(job, at) ?? job.file_name }
}

/** Of a linked job those of the first, whose corrected records it has. */
function filesReadBy({ repair_memo, checkpoint }: Job): SourceFacts[] {
  const memo: unknown = repair_memo === null ? checkpoint?.memo : JSON.parse(repair_memo)
  return filesOfMemo(memo)
}

/** The name of one of several files. */
function nameOf(job: Job, at: number): string | undefined {
  const files = filesReadBy(job)
  return files.length > 1 ? files[at]?.name : undefined
}
