import { COUNTERS, SUCCESSES, type Counter, type Counters } from '../../domain/jobs/counters.ts'
import { z } from 'zod'
import type { Checkpoint } from '../../domain/jobs/checkpoint.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { MessageCode } from '../../domain/words/messages.ts'
import type { Problem } from '../../domain/words/problems.ts'
import type { ImportSpecification, OPERATIONS } from '../../domain/specification/specification.ts'
import type { RejectKind } from '../rejects/reject-kinds.ts'

/** A file after the first: the records and the lines before it. */
const ofFurtherFile = z.looseObject({
  before: z.number().nullable(),
  lines: z.number().nullable().default(null),
})

/** The pipeline's memo of a source; jobs of older versions have no format in it. */
const ofFormat = z.looseObject({
  format: z.string().default('delimited'),
  others: z.array(ofFurtherFile).default([]),
})

const COMES_TO = {
  insert_or_update: ['inserted', 'updated', 'unchanged'],
  insert: ['inserted', 'updated', 'unchanged'],
  update: ['updated', 'unchanged'],
  reconcile: ['reconciled'],
  delete: ['deleted'],
} as const satisfies Record<(typeof OPERATIONS)[number], readonly (typeof SUCCESSES)[number][]>

/** Reports counters that the job's specification, rejects or lines do not allow. */
export function* verifyCounters(job: Job, kinds: RejectKind[]): Generator<Problem> {
  const { counters, batches, revision } = job
  for (const counter of COUNTERS) {
    const is = counters[counter]
    if (is < 0) yield { problem: 'too_few', counter, is, least: 0 }
  }
  if (counters.processed > 0 && batches === 0) {
    yield { problem: 'too_few', counter: 'batches', is: batches, least: 1 }
  }
  if (revision < batches) {
    yield { problem: 'too_few', counter: 'revision', is: revision, least: batches }
  }
  if (job.type === 'export') yield* zeros(counters, OF_IMPORTS)
  else yield* ofImport(job.specification, counters, kinds)
  yield* linesOf(job)
}

function* ofImport(
  specification: ImportSpecification,
  counters: Counters,
  kinds: RejectKind[],
): Generator<Problem> {
  const { operation, doubles, duplicates } = specification
  const comesTo: readonly Counter[] = COMES_TO[operation]
  yield* zeros(
    counters,
    SUCCESSES.filter((counter) => !comesTo.includes(counter)),
  )
  yield* exactly('doubles', counters.doubles, doubles, countOf(kinds, 'TLY-3007'))
  yield* exactly('duplicates', counters.duplicates, duplicates, countOf(kinds, 'TLY-3008'))
  const ignored =
    (doubles === 'ignore' ? counters.doubles : 0) +
    (duplicates === 'ignore' ? counters.duplicates : 0) +
    counters.filtered
  if (counters.ignored < ignored) {
    yield { problem: 'too_few', counter: 'ignored', is: counters.ignored, least: ignored }
  }
  // Operations that insert need no match: any other ignored record has a warning.
  const most = ignored + counters.warnings
  if (comesTo.includes('inserted') && counters.ignored > most) {
    yield tooMany('ignored', counters.ignored, most)
  }
}

/** An export counts only what it wrote. */
const OF_EXPORTS: readonly Counter[] = ['processed', 'success', 'inserted']
const OF_IMPORTS = COUNTERS.filter((counter) => !OF_EXPORTS.includes(counter))

function* zeros(counters: Counters, names: readonly Counter[]): Generator<Problem> {
  for (const counter of names) {
    if (counters[counter] > 0) yield tooMany(counter, counters[counter], 0)
  }
}

/** Depending on the policy, they are not counted, count as ignored, or have one message each. */
function* exactly(
  counter: 'doubles' | 'duplicates',
  is: number,
  policy: ImportSpecification['doubles'],
  found: number,
): Generator<Problem> {
  if (policy === 'update' && is > 0) yield tooMany(counter, is, 0)
  const isCounted = policy === 'reject' ? is === found : found === 0
  if (!isCounted) yield { problem: 'count_off', counter, is, found }
}

/** A record takes at least one line, except the last one of a file, which may end with it. */
function* linesOf({ type, specification, counters, checkpoint }: Job): Generator<Problem> {
  if (type === 'export' || checkpoint === null || checkpoint.line === null) return
  const { file = 0, line, record, memo } = checkpoint
  const { others } = ofFormat.safeParse(memo).data ?? { others: [] }
  const begun = others.slice(0, file)
  const lines = file === 0 ? 0 : (begun.at(-1)?.lines ?? null)
  // Older versions did not store the lines of the files before.
  if (lines === null) return
  const starts = [0, ...begun.map(({ before }) => before ?? 0), record]
  const read = starts.filter((start, at) => start > (starts[at - 1] ?? start)).length
  const headers = hasHeaderLine(specification, checkpoint) ? read : 0
  const most = lines + line - headers - counters.processed
  if (counters.empty > most) yield tooMany('empty', counters.empty, Math.max(0, most))
}

/** Column names take no line where the specification has them, or each record does. */
function hasHeaderLine(
  { header, columns }: ImportSpecification,
  { memo }: Pick<Checkpoint, 'memo'>,
): boolean {
  const { format } = ofFormat.safeParse(memo).data ?? { format: 'delimited' }
  return header && columns.length === 0 && format === 'delimited'
}

function countOf(kinds: RejectKind[], code: MessageCode): number {
  return kinds
    .filter((kind) => kind.code === code && kind.type === 'error')
    .reduce((sum, { count }) => sum + count, 0)
}

function tooMany(counter: string, is: number, most: number): Problem {
  return { problem: 'too_many', counter, is, most }
}
