import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { STANDARD_STREAM } from '../../domain/specification/specification.ts'
import { inMotion } from '../../domain/states/status.ts'
import type { JobRow } from '../../domain/jobs/job-row.ts'
import { toJob } from '../ground/job-row.ts'
import { kindOf as databaseKindOf } from '../../db/kind.ts'

const PAGE_SIZE = 500

export type ExportResult = { job: number; path: string; size: number; sha256: string }

/**
 * The result files of exports, each of the last export that finished there; and how many results
 * can't be checked because a later export replaced them or is about to.
 */
export async function lastExportResults(
  db: Db,
): Promise<{ results: ExportResult[]; replaced: number }> {
  const finished = new Map<string, ExportResult & { endedAt: string }>()
  const inUse = new Set<string>()
  const { hints } = databaseKindOf(db)
  let count = 0
  let after = 0
  for (;;) {
    const rows = await db
      .selectFrom('tallyman_job')
      .selectAll()
      // With its index, every page would sort all exports again.
      .where(hints.unindexedText(sql.ref('type')), '=', 'export')
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE_SIZE)
      .execute()
    for (const { id, status, specification, file_size, file_sha256, ended_at } of rows.flatMap(
      (row) => readable(db, row),
    )) {
      const { path } = specification
      if (path === STANDARD_STREAM) continue
      if (inMotion(status)) inUse.add(path)
      if (status !== 'finished' || file_size === null || file_sha256 === null) continue
      count++
      const endedAt = ended_at ?? ''
      if (endedAt < (finished.get(path)?.endedAt ?? '')) continue
      finished.set(path, { job: id, path, size: file_size, sha256: file_sha256, endedAt })
    }
    after = rows.at(-1)?.id ?? after
    if (rows.length < PAGE_SIZE) break
  }
  const results = [...finished.values()].filter(({ path }) => !inUse.has(path))
  return { results, replaced: count - results.length }
}

/** A row that somebody else has changed may no longer parse; `verifyJob` reports it. */
function readable(db: Db, row: JobRow): Job[] {
  try {
    return [toJob(db, row)]
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return []
    throw error
  }
}
