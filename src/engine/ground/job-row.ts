import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { JobTable } from '../../db/schema.ts'
import { COUNTERS, noCounters, type Counters } from '../../domain/jobs/counters.ts'
import { isDryRun, type Job, type JobKind } from '../../domain/jobs/job.ts'
import type { MessageParams } from '../../domain/words/messages.ts'
import { shorten } from '../../domain/texts/shorten.ts'
import {
  exportSpecification,
  importSpecification,
} from '../../domain/specification/specification.ts'

export type JobRow = Selectable<JobTable>

const checkpoint = z.object({
  file: z.number().optional(),
  offset: z.number().nullable(),
  line: z.number().nullable(),
  record: z.number(),
  ahead: z.number().optional(),
  postponed: z.number().optional(),
  reached: z.number().optional(),
  memo: z.unknown(),
})
const params = z.record(z.string(), z.union([z.string(), z.number()]))

/** Reads a row of the table as a job. */
export function toJob(row: JobRow): Job {
  const kind = kindOf(row)
  return {
    ...kind,
    dry_run: row.dry_run === 1,
    id: row.id,
    label: row.label,
    description: row.description,
    status: row.status,
    target_table: row.target_table,
    file_name: row.file_name,
    file_size: row.file_size,
    file_sha256: row.file_sha256,
    created_at: row.created_at,
    created_by: row.created_by,
    started_by: row.started_by,
    started_at: row.started_at,
    ended_at: row.ended_at,
    duration_ms: row.duration_ms,
    running_since: row.running_since,
    claim: row.claim,
    worker: row.worker,
    progressed_at: row.progressed_at,
    attempts: row.attempts,
    deaths: row.deaths,
    reached: row.reached,
    died_after: row.died_after,
    failure_reason: row.failure_reason,
    failure_params: row.failure_params === null ? null : toParams(row.failure_params),
    checkpoint: row.checkpoint === null ? null : checkpoint.parse(JSON.parse(row.checkpoint)),
    counters: countersOf(row),
    total: row.total,
    bytes_read: row.bytes_read,
    batches: row.batches,
    rerun_of: row.rerun_of,
    copy_of: row.copy_of,
    revision: row.revision,
  }
}

/** A file may name so many columns that all of them in a message would fill a page many times. */
const LONGEST_PARAMETER = 64 * 1024

/** The parameters of a message as they are stored; a text that is very long by its beginning. */
export function paramsText(given: MessageParams): string {
  return JSON.stringify(given, (_, value: unknown) =>
    typeof value === 'string' ? shorten(value, LONGEST_PARAMETER) : value,
  )
}

/** Reads the parameters of a message back from their JSON. */
export function toParams(text: string): MessageParams {
  return params.parse(JSON.parse(text))
}

/** What a job does, read back from its JSON. */
export function kindOf({ type, specification }: Pick<JobRow, 'type' | 'specification'>): JobKind {
  const stored: unknown = JSON.parse(specification)
  return type === 'import'
    ? { type, specification: importSpecification.parse(stored) }
    : { type, specification: exportSpecification.parse(stored) }
}

/** What is stored of a kind. */
export function kindColumns(kind: JobKind): Pick<JobRow, 'type' | 'specification' | 'dry_run'> {
  const { type, specification } = kind
  return {
    type,
    specification: JSON.stringify(specification),
    dry_run: isDryRun(kind) ? 1 : 0,
  }
}

export function countersOf(row: Counters): Counters {
  const counters = noCounters()
  for (const counter of COUNTERS) counters[counter] = row[counter]
  return counters
}
