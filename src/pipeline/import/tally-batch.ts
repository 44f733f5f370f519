import type { RecordOutcome, Violation } from '../../domain/records/record.ts'
import type { ChangedRow } from '../../domain/jobs/changed-row.ts'
import type { Counters } from '../../domain/jobs/counters.ts'
import { JobFailure } from '../../domain/words/failures.ts'
import type { Message } from '../../domain/words/messages.ts'
import type { Reject } from '../../domain/records/reject.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import type { SourceReader, SourceRecord } from '../formats/source-reader.ts'
import { firstOf } from './reject-limit.ts'
import type { RecordMask } from './fields/mask-record.ts'
import type { ValidatedRecord } from './validate.ts'

const ALL_REJECTED_COUNT = 100

const COUNTED = { filtered: 'filtered', double: 'doubles', duplicate: 'duplicates' } as const

type Settled = Exclude<RecordOutcome, { kind: 'postponed' }>

export type BatchTally = {
  counters: Counters
  rejects: Reject[]
  journal: Message[]
  /** The first rows that a dry run would have changed. */
  changes?: ChangedRow[] | undefined
  /** State that the format keeps between records. */
  seen: unknown
  mask: RecordMask | undefined
}

type Counting = {
  specification: ImportSpecification
  plan: { reader: Pick<SourceReader, 'follow'> }
}

/**
 * Counts records in the tally until a limit of the specification is reached.
 * @returns the failure for the limit, and the number of records counted
 */
export function countRecords(
  tally: BatchTally,
  records: ValidatedRecord[],
  { specification, plan: { reader } }: Counting,
): { failure: JobFailure; length: number } | undefined {
  const { counters } = tally
  let length = 0
  for (const record of records) {
    length++
    const { rejects } = counters
    count(tally, record, specification)
    if (record.text !== undefined || record.unknown !== undefined || tally.seen !== null) {
      follow(tally, record, reader)
    }
    // Only a reject can reach a limit: a job resumed after one must not stop at a good record.
    if (counters.rejects > rejects) {
      const failure = limitAt(counters, record, specification)
      if (failure !== undefined) return { failure, length }
    }
  }
  return undefined
}

/** A retried record was followed the first time. */
function follow(
  tally: BatchTally,
  { record, source, text, unknown }: ValidatedRecord,
  reader: Counting['plan']['reader'],
): void {
  if (source.attempt !== 'first') return
  const { seen, journal } = reader.follow(tally.seen, { record, line: source.line, text, unknown })
  tally.seen = seen
  tally.journal.push(...journal)
}

function count(
  tally: BatchTally,
  { source, text, problems, outcome }: ValidatedRecord,
  { trace }: ImportSpecification,
): void {
  // A postponed record is not processed until its retry.
  if (outcome?.kind === 'postponed') return
  tally.counters.processed++
  if (text !== undefined) {
    reject(tally, source, 'text', [{ field: null, message: text }])
  } else if (outcome !== undefined) {
    const errors = problems.filter(({ policy }) => policy !== 'warn')
    countOutcome(tally, source, outcome, errors)
    warn(
      tally,
      source,
      problems.filter(({ policy }) => policy === 'warn'),
    )
  }
  if (trace) {
    const isWritten = outcome !== undefined && outcome.kind !== 'unfit'
    const params = { record: source.record, outcome: isWritten ? outcome.kind : 'rejected' }
    tally.journal.push({ code: 'TLY-1017', params })
  }
}

function countOutcome(
  tally: BatchTally,
  source: SourceRecord,
  outcome: Settled,
  errors: Violation[],
): void {
  const { counters } = tally
  switch (outcome.kind) {
    case 'unfit':
      return reject(tally, source, 'database', [...errors, ...outcome.others])
    case 'rejected':
      if (outcome.counts === 'double') counters.doubles++
      if (outcome.counts === 'duplicate') counters.duplicates++
      return reject(tally, source, 'database', [outcome, ...(outcome.others ?? [])])
    case 'filtered':
    case 'double':
    case 'duplicate':
      counters[COUNTED[outcome.kind]]++
      counters.ignored++
      return
    case 'ignored':
      counters.ignored++
      return warn(tally, source, outcome.warnings ?? [])
    default:
      counters.success++
      counters[outcome.kind]++
      return warn(tally, source, outcome.warnings ?? [])
  }
}

function reject(
  tally: BatchTally,
  source: SourceRecord,
  connector: Reject['connector'],
  violations: Violation[],
): void {
  tally.counters.rejects++
  tally.counters.errors += keep(tally, source, connector, 'error', violations)
}

function warn(tally: BatchTally, source: SourceRecord, violations: readonly Violation[]): void {
  tally.counters.warnings += keep(tally, source, 'database', 'warning', violations)
}

/**
 * The messages of one record share its bytes.
 * @returns the number of messages
 */
function keep(
  { rejects, mask }: BatchTally,
  source: SourceRecord,
  connector: Reject['connector'],
  type: Reject['type'],
  violations: readonly Violation[],
): number {
  if (violations.length === 0) return 0
  const { record, line, offset } = source
  const last = rejects.at(-1)
  const own = () => mask?.raw(source, connector !== 'text') ?? Buffer.from(source.raw, 'latin1')
  const raw = last?.record === record ? last.raw : own()
  const told = firstOf(violations)
  for (const one of told) {
    const { field, message } = mask?.violation(source, one) ?? one
    rejects.push({ record, line, offset, connector, type, field, ...message, raw })
  }
  return told.length
}

function limitAt(
  { processed, rejects }: Counters,
  record: ValidatedRecord,
  { stopIfAllRejected, maxRejects, fields }: ImportSpecification,
): JobFailure | undefined {
  const field = stoppingField(record, fields)
  if (field !== undefined) {
    return new JobFailure('stopped_by_field', { field, record: record.record })
  }
  if (stopIfAllRejected && processed === ALL_REJECTED_COUNT && rejects === processed) {
    return new JobFailure('all_rejected', { count: processed })
  }
  return maxRejects !== null && rejects >= maxRejects
    ? new JobFailure('too_many_rejects', { limit: maxRejects })
    : undefined
}

function stoppingField(
  { text, problems, outcome }: ValidatedRecord,
  fields: ImportSpecification['fields'],
): string | undefined {
  if (text !== undefined) return undefined
  const misfit = problems.find(({ policy }) => policy === 'stop')
  if (misfit !== undefined) return misfit.field
  const isRejected = outcome?.kind === 'rejected'
  const violations = isRejected ? [outcome, ...(outcome.others ?? [])] : []
  const found = violations.find(({ field }) => fields[field ?? '']?.onError === 'stop')
  return found?.field ?? undefined
}
