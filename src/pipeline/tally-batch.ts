import type { Outcome, Violation } from '../db/target.ts'
import type { Counters } from '../domain/counters.ts'
import { JobFailure, type Message } from '../domain/messages.ts'
import type { Reject } from '../domain/reject.ts'
import type { ImportSpecification } from '../domain/specification.ts'
import type { DelimitedRecord } from './delimited.ts'
import type { ValidatedRecord } from './validate.ts'

const ALL_REJECTED_COUNT = 100

/** What a record came to: refused while it was read, refused as it was validated, or written. */
export type Accounted = { source: DelimitedRecord; text: Message } | ValidatedRecord

export type BatchTally = { counters: Counters; rejects: Reject[]; journal: Message[] }

/** Thrown when a limit is reached at a record that is not the batch's last: the rest must not be written. */
export class LimitReached extends Error {
  override name = 'LimitReached'
  /** Records of the batch up to the limit. */
  readonly length: number

  constructor(length: number) {
    super(`limit reached after ${length} records`)
    this.length = length
  }
}

/**
 * Counts a batch. It ends where a limit of the specification is reached.
 * @returns the tally, and the failure that the limit means where it fell on the last record
 * @throws LimitReached where it fell on an earlier one
 */
export function tallyBatch(
  before: Counters,
  records: Accounted[],
  specification: ImportSpecification,
): BatchTally & { failure: JobFailure | undefined } {
  const tally: BatchTally = { counters: { ...before }, rejects: [], journal: [] }
  let index = 0
  for (const accounted of records) {
    index++
    const { rejects } = tally.counters
    count(tally, accounted, specification)
    // Only a reject reaches a limit: a job that goes on after one must not stop at a good record.
    const isRejected = tally.counters.rejects > rejects
    const failure = isRejected ? limitAt(tally.counters, accounted, specification) : undefined
    if (failure !== undefined && index < records.length) throw new LimitReached(index)
    if (failure !== undefined) return { ...tally, failure }
  }
  return { ...tally, failure: undefined }
}

function count(tally: BatchTally, accounted: Accounted, { trace }: ImportSpecification): void {
  const { counters } = tally
  counters.processed++
  if ('text' in accounted) {
    reject(tally, accounted.source, 'text', [{ field: null, message: accounted.text }])
  } else if (accounted.outcome === undefined) {
    const { source, problems } = accounted
    const [errors, warnings] = [
      problems.filter((problem) => problem.policy !== 'warn'),
      problems.filter((problem) => problem.policy === 'warn'),
    ]
    reject(tally, source, 'database', errors)
    warn(tally, source, warnings)
  } else {
    countOutcome(tally, accounted.source, accounted.outcome)
    warn(tally, accounted.source, accounted.problems)
  }
  if (trace) {
    const outcome = 'outcome' in accounted ? (accounted.outcome?.kind ?? 'rejected') : 'rejected'
    tally.journal.push({
      code: 'TLY-1017',
      params: { record: accounted.source.record, outcome },
    })
  }
}

function countOutcome(tally: BatchTally, source: DelimitedRecord, outcome: Outcome): void {
  const { counters } = tally
  switch (outcome.kind) {
    case 'rejected':
      if (outcome.counts === 'double') counters.doubles++
      if (outcome.counts === 'duplicate') counters.duplicates++
      return reject(tally, source, 'database', [outcome])
    case 'double':
      counters.doubles++
      counters.ignored++
      return
    case 'duplicate':
      counters.duplicates++
      counters.ignored++
      return
    case 'ignored':
      counters.ignored++
      return
    default:
      counters.success++
      counters[outcome.kind]++
      if (outcome.warnings !== undefined) warn(tally, source, outcome.warnings)
  }
}

function reject(
  tally: BatchTally,
  source: DelimitedRecord,
  connector: Reject['connector'],
  violations: Violation[],
): void {
  tally.counters.rejects++
  tally.counters.errors += violations.length
  log(tally, source, connector, 'error', violations)
}

function warn(tally: BatchTally, source: DelimitedRecord, violations: readonly Violation[]): void {
  tally.counters.warnings += violations.length
  log(tally, source, 'database', 'warning', violations)
}

function log(
  { rejects }: BatchTally,
  source: DelimitedRecord,
  connector: Reject['connector'],
  type: Reject['type'],
  violations: readonly Violation[],
): void {
  for (const { field, message } of violations) {
    const { record, line, offset } = source
    const raw = Buffer.from(source.raw, 'latin1')
    rejects.push({ record, line, offset, connector, type, field, ...message, raw })
  }
}

function limitAt(
  { processed, rejects }: Counters,
  accounted: Accounted,
  { stopIfAllRejected, maxRejects, fields }: ImportSpecification,
): JobFailure | undefined {
  const field = stoppingField(accounted, fields)
  if (field !== undefined) {
    return new JobFailure('stopped_by_field', { field, record: accounted.source.record })
  }
  if (stopIfAllRejected && processed === ALL_REJECTED_COUNT && rejects === processed) {
    return new JobFailure('all_rejected', { count: processed })
  }
  return maxRejects !== null && rejects >= maxRejects
    ? new JobFailure('too_many_rejects', { limit: maxRejects })
    : undefined
}

function stoppingField(
  accounted: Accounted,
  fields: ImportSpecification['fields'],
): string | undefined {
  if ('text' in accounted) return undefined
  const { problems, outcome } = accounted
  if (outcome === undefined) {
    return problems.find((problem) => problem.policy === 'stop')?.field
  }
  const field = outcome.kind === 'rejected' ? outcome.field : null
  return field !== null && fields[field]?.onError === 'stop' ? field : undefined
}
