import { z } from 'zod'
import { kindOf } from '../../db/kind.ts'
import type { Db, Trx } from '../../db/store.ts'
import { SEARCH_COLUMNS, type JobRow } from '../../domain/jobs/job-row.ts'
import { without } from './columns.ts'
import { COUNTERS, noCounters, type Counters } from '../../domain/jobs/counters.ts'
import { withTables } from '../../domain/templates/named-tables.ts'
import { isDryRun, isMasked, type Job, type JobKind } from '../../domain/jobs/job.ts'
import type { MessageParams } from '../../domain/words/messages.ts'
import { shorten } from '../../domain/texts/shorten.ts'
import {
  exportSpecification,
  importSpecification,
} from '../../domain/specification/specification.ts'

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

/**
 * Parses a row as a job.
 * @throws SyntaxError or ZodError for invalid stored JSON
 */
export function toJob(db: Db | Trx, row: JobRow): Job {
  const { checkpoint: stored } = row
  const parsed = stored === null ? null : checkpoint.parse(JSON.parse(stored))
  const plain = without(row, [...COUNTERS, ...SEARCH_COLUMNS])
  return {
    ...plain,
    ...parsedOf(row),
    ...jobKindIn(db, row),
    target_table: kindOf(db).readName(row.target_table),
    checkpoint: parsed,
  }
}

type Unparsed = Counters & Pick<JobRow, 'dry_run' | 'is_masked' | 'failure_params'>
type ParsedColumns = Pick<Job, 'dry_run' | 'is_masked' | 'failure_params' | 'counters'>

/** The parsed columns that lists show too. */
export function parsedOf(row: Unparsed): ParsedColumns {
  const { failure_params } = row
  return {
    dry_run: row.dry_run === 1,
    is_masked: row.is_masked === 1,
    failure_params: failure_params === null ? null : toParams(failure_params),
    counters: countersOf(row),
  }
}

/** A file may name so many columns that a message with all of them would fill many pages. */
export const LONGEST_PARAMETER = 64 * 1024

/** The parameters of a message as stored JSON; a very long text is shortened. */
export function paramsText(given: MessageParams): string {
  return JSON.stringify(given, (_, value: unknown) =>
    typeof value === 'string' ? shorten(value, LONGEST_PARAMETER) : value,
  )
}

/** Parses the stored parameters of a message. */
export function toParams(text: string): MessageParams {
  return params.parse(JSON.parse(text))
}

/** Parses a job's type and stored specification, and calls its tables as this process does. */
export function jobKindIn(
  db: Db | Trx,
  { type, specification }: Pick<JobRow, 'type' | 'specification'>,
): JobKind {
  const stored: unknown = JSON.parse(specification)
  const kind: JobKind =
    type === 'import'
      ? { type, specification: importSpecification.parse(stored) }
      : { type, specification: exportSpecification.parse(stored) }
  return withTables(kind, kindOf(db).readName)
}

/** The columns that store a kind. */
export function kindColumns(
  kind: JobKind,
): Pick<JobRow, 'type' | 'specification' | 'dry_run' | 'is_masked'> {
  return {
    type: kind.type,
    specification: JSON.stringify(storedOf(kind)),
    dry_run: isDryRun(kind) ? 1 : 0,
    is_masked: isMasked(kind) ? 1 : 0,
  }
}

/** Without what is said of further files where there is nothing: an older worker would not know it. */
function storedOf({ type, specification }: JobKind): object {
  if (type !== 'import') return specification
  const { morePaths, moreBeneath, ...others } = specification
  return {
    ...others,
    ...(morePaths.length > 0 ? { morePaths } : {}),
    ...(moreBeneath.length > 0 ? { moreBeneath } : {}),
  }
}

function countersOf(row: Counters): Counters {
  const counters = noCounters()
  for (const counter of COUNTERS) counters[counter] = row[counter]
  return counters
}
