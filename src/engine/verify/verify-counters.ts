import { COUNTERS, SUCCESSES, type Counter, type Counters } from '../../domain/jobs/counters.ts'
import { z } from 'zod'
import type { Checkpoint } from '../../domain/jobs/checkpoint.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { MessageCode } from '../../domain/words/messages.ts'
import type { Problem } from '../../domain/words/problems.ts'
import type { ImportSpecification, OPERATIONS } from '../../domain/specification/specification.ts'
import type { RejectKind } from '../rejects/reject-kinds.ts'

/** What the pipeline remembers of a source; jobs of older versions do not name its format. */
const ofFormat = z.looseObject({ format: z.string().default('delimited') })

const COMES_TO = {
  insert_or_update: ['inserted', 'updated', 'unchanged'],
  insert: ['inserted', 'updated', 'unchanged'],
  update: ['updated', 'unchanged'],
  reconcile: ['reconciled'],
  delete: ['deleted'],
} as const satisfies Record<(typeof OPERATIONS)[number], readonly (typeof SUCCESSES)[number][]>

/** Counters of an import that its own specification, its rejects and its lines do not allow. */
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
    (duplicates === 'ignore' ? counters.duplicates : 0)
  if (counters.ignored < ignored) {
    yield { problem: 'too_few', counter: 'ignored', is: counters.ignored, least: ignored }
  }
  // Where nothing has to be found, only a warning tells of another record that was ignored.
  const most = ignored + counters.warnings
  if (comesTo.includes('inserted') && counters.ignored > most) {
    yield tooMany('ignored', counters.ignored, most)
  }
}

/** An export counts what it wrote, and nothing else. */
const OF_EXPORTS: readonly Counter[] = ['processed', 'success', 'inserted']
const OF_IMPORTS = COUNTERS.filter((counter) => !OF_EXPORTS.includes(counter))

function* zeros(counters: Counters, names: readonly Counter[]): Generator<Problem> {
  for (const counter of names) {
    if (counters[counter] > 0) yield tooMany(counter, counters[counter], 0)
  }
}

/** By the policy they are not counted, or counted among the ignored, or each of them has a message. */
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

/** A record takes a line at the least, save the last one, whose end may be that of the file. */
function* linesOf({ type, specification, counters, checkpoint }: Job): Generator<Problem> {
  if (type === 'export' || checkpoint === null || checkpoint.line === null) return
  const header = hasHeaderLine(specification, checkpoint) && checkpoint.record > 0 ? 1 : 0
  const most = checkpoint.line - header - counters.processed
  if (counters.empty > most) yield tooMany('empty', counters.empty, Math.max(0, most))
}

/** Names that were given, and those within each record, take no line. */
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
