import { InvalidInputError } from '../../domain/words/errors.ts'
import { MOST_CORRECTIONS } from '../../domain/records/correction.ts'
import { openRejectsAmong, type OpenReject } from '../../engine/repair/open-rejects.ts'
import { rejectedAmong } from '../../engine/repair/rejected-among.ts'
import type { Draft } from '../../engine/repair/save-drafts.ts'
import type { ChangedColumn } from '../../i18n/besides.ts'
import { readCorrectedFile } from '../../pipeline/repair/read-corrected-file.ts'
import { valuesOfRecord } from '../../pipeline/repair/rewrite.ts'
import { checkRejects, type CheckedReject } from './check-rejects.ts'
import { draftFrom, requireSome, takes } from './collect-corrections.ts'
import type { CorrectedReject } from './correct-reject.ts'
import { ChangedBesides } from './repair-rows.ts'
import { isAbout, type NamedCorrection } from './is-about.ts'
import { replacedBy, type ReplacedCorrection } from './work-of-others.ts'
import type { RepairSession } from './repair-session.ts'

const RECORDS_AT_ONCE = 500

/** What a corrected reject file holds. */
export type FileRepair = {
  /** Its records that are open rejects of the job, and how many of them were checked. */
  open: number
  looked: number
  fitting: Draft[]
  /** Those that fit and change a row which the table has already; those of them left out. */
  changing: number
  idle: number
  held: number
  /** Those that do not fit yet, as far as they are corrected, and how many there are in all. */
  others: Draft[]
  unfit: number
  /** The first of both, those that do not fit before the others. */
  examples: CheckedReject[]
  /** What the file changes of columns that were not at fault. */
  besides: ChangedColumn[]
  /** What somebody corrected on the page, and the file corrects to other values. */
  replaced: ReplacedCorrection[]
  /** Those of them that are left as they are. */
  kept: number
  /** Records that are repaired or set aside already. */
  settled: number
  /** Records that are no rejects of the job. */
  foreign: number
  /** Records that cannot be read, or do not say which reject they are. */
  unreadable: number
}

type Reading = {
  checked?: number
  examples?: number
  /** Whose corrections on the page are replaced; undefined: everybody's. */
  replacesOf?: string | undefined
  /** Whether records that change a row which the table has already are among the fitting. */
  overwrites?: boolean
}

/**
 * Reads a corrected reject file and checks its records as the import does.
 * @throws InvalidInputError for a file that is none, has a record twice or too many of them, or is
 *   of another job; ConflictError where none of its rejects is open any more
 */
export async function repairFromFile(
  session: RepairSession,
  file: { path: string; name: string },
  {
    checked: most = Infinity,
    examples: mostExamples = 0,
    overwrites = true,
    replacesOf,
  }: Reading = {},
): Promise<FileRepair> {
  const { corrections, unreadable } = await readAll(session, file)
  const found = {
    open: 0,
    looked: 0,
    unfit: 0,
    changing: 0,
    idle: 0,
    held: 0,
    settled: 0,
    foreign: 0,
    kept: 0,
  }
  const replaced: ReplacedCorrection[] = []
  const besides = new ChangedBesides(session)
  const [fitting, others]: [Draft[], Draft[]] = [[], []]
  const [fits, misfits]: [CheckedReject[], CheckedReject[]] = [[], []]
  const records = [...corrections.keys()].toSorted((a, b) => a - b)
  for (let at = 0; at < records.length; at += RECORDS_AT_ONCE) {
    const piece = records.slice(at, at + RECORDS_AT_ONCE).map((record) => corrections.get(record))
    const sorted = await sortOut(
      session,
      piece.filter((one) => one !== undefined),
    )
    found.settled += sorted.settled
    found.foreign += sorted.foreign
    found.open += sorted.open.length
    const wanted = sorted.open.slice(0, most - found.looked)
    found.looked += wanted.length
    for (const one of await checkRejects(session, wanted, { cells: mostExamples })) {
      const { misfit, change, isChanged, reject } = one
      const isFit = misfit === undefined
      besides.note(one)
      const isWanted = takes(one, overwrites)
      const raw = isWanted ? one.whole : draftOf(session, one)
      const isKept = raw !== undefined && (isWanted || isChanged)
      const other = isKept ? replacedBy(session, one) : undefined
      if (other !== undefined) replaced.push(other)
      if (other !== undefined && replacesOf !== undefined && other.by !== replacesOf) {
        found.kept++
        continue
      }
      if (!isFit) found.unfit++
      if (change !== undefined) found.changing++
      if (one.isIdle) found.idle++
      if (isFit && !isWanted) found.held++
      const shown = isFit ? fits : misfits
      if (shown.length < mostExamples) shown.push(one)
      if (isKept) (isWanted ? fitting : others).push(draftFrom(reject, raw))
    }
  }
  requireSome(session, file.name, found)
  const examples = [...misfits, ...fits].slice(0, mostExamples)
  const { columns } = besides
  return { ...found, fitting, others, replaced, examples, besides: columns, unreadable }
}

/** Nothing is kept of a file that may have sensitive values. */
function draftOf({ plan }: RepairSession, { raw }: CheckedReject): Buffer | undefined {
  return plan.mask === undefined ? raw : undefined
}

/** All records of the file, by the number of the reject. */
async function readAll(session: RepairSession, { path, name }: { path: string; name: string }) {
  const { store, job, readerOf } = session
  const columns = session.columns.map((column) => column.name)
  const corrections = new Map<number, NamedCorrection>()
  let [unreadable, bytes] = [0, 0]
  const wanted = { specification: job.specification, path, readerOf, columns }
  for await (const { reject, ...one } of readCorrectedFile(store, wanted)) {
    if (reject === undefined) {
      unreadable++
      continue
    }
    const { record } = reject
    if (corrections.has(record)) {
      throw new InvalidInputError({
        problem: 'corrected_twice',
        path: name,
        record,
        line: one.line,
      })
    }
    corrections.set(record, { ...one, reject })
    bytes += one.raw?.length ?? 0
    const { records: most, bytes: mostBytes } = MOST_CORRECTIONS
    if (corrections.size > most || bytes > mostBytes) {
      throw new InvalidInputError({ problem: 'too_many_corrections', path: name, limit: most })
    }
  }
  return { corrections, unreadable }
}

/** Which of these are open rejects of the job, and how many are settled, or none of its own. */
async function sortOut(session: RepairSession, corrections: NamedCorrection[]) {
  const { store, job } = session
  const records = corrections.map(({ reject }) => reject.record)
  const rejects = await openRejectsAmong(store.db, job.id, records)
  const rejectOf = new Map(rejects.map((reject) => [reject.record, reject]))
  const rejected = await rejectedAmong(store.db, job.id, records)
  const open: CorrectedReject[] = []
  let settled = 0
  for (const correction of corrections) {
    const { record, line } = correction.reject
    const reject = rejectOf.get(record)
    if (reject === undefined) settled += rejected.get(record)?.line === line ? 1 : 0
    else if (isAbout(session, reject, correction))
      open.push(asCorrected(session, reject, correction))
  }
  return { open, settled, foreign: corrections.length - open.length - settled }
}

function asCorrected(
  { readerOf }: RepairSession,
  reject: OpenReject,
  { raw, problem }: NamedCorrection,
): CorrectedReject {
  const reader = readerOf(reject.record)
  const before = reject.raw && valuesOfRecord(reader, reject, reject.raw)
  const values = raw && valuesOfRecord(reader, reject, raw)
  // The bytes may differ where the values do not, such as in needless quotes.
  const isChanged = before === undefined || JSON.stringify(before) !== JSON.stringify(values)
  return { reject, raw, isChanged, isKept: false, before, byHand: values, values, problem }
}
