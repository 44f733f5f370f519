import type { Store } from '../../db/store.ts'
import type { Correction } from '../../domain/records/correction.ts'
import type { Reject } from '../../domain/records/reject.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import type { SourceReader, SourceRecord } from '../formats/source-reader.ts'
import { memoOfCorrected } from '../import/opening/corrected-memo.ts'
import { readersOf } from '../import/opening/files-of-memo.ts'
import { readersInColumns } from '../import/several/in-columns.ts'
import { matchTable, type ImportPlan } from '../import/plan/match-table.ts'
import { adapted } from '../known-formats.ts'
import { refusing } from '../refusing.ts'
import { singleRecord } from './rewrite.ts'
import type { MetRow } from './rows-met.ts'
import { tryAll } from './try-records.ts'

/** What keeps a corrected record out; without a message, its bytes are no single record. */
export type CorrectionFault = CorrectionWarning | 'no_record'

export type CorrectionWarning = Pick<Reject, 'code' | 'params' | 'field'>

/** How the job reads and writes its records. */
export type CheckedJob = { specification: ImportSpecification; memo: unknown }

export type CorrectionCheck = {
  /** How a record is read and rewritten, in the columns of the first file. */
  readerOf(record: number): SourceReader
  plan: ImportPlan
  /**
   * What the import makes of corrected records.
   * @param options.cells of how many rows that they change the cells are told
   * @throws InvalidInputError where an expression of the job does not end
   */
  check(corrections: Correction[], options?: { cells: number }): Promise<CheckedCorrections>
}

/** By record number. */
export type CheckedCorrections = {
  /** The records that would be rejected. */
  faults: Map<number, CorrectionFault>
  /** The records that would change a row that the table has already. */
  changes: Map<number, MetRow>
  /** What the import would tell of records that fit: the first of its warnings. */
  warnings: Map<number, CorrectionWarning>
  /** The records that fit, and of which nothing would be written. */
  idle: Set<number>
}

/**
 * Opens the check of corrected records: it is the import itself, in transactions that are rolled
 * back, so that what fits here fits there.
 * @throws JobFailure where the table is gone or does not match any more
 */
export async function openCheck(store: Store, job: CheckedJob): Promise<CorrectionCheck> {
  const memo = memoOfCorrected(job.memo, 0)
  const given = adapted(job.specification, memo)
  // No limit ends it: each record is looked at, whatever became of those before.
  const specification = {
    ...given,
    fields: withoutStops(given.fields),
    stopIfAllRejected: false,
    maxRejects: null,
    trace: false,
  }
  const plan = await matchTable(store, specification, memo)
  const readerOf = readersOf(plan.memo)

  return {
    readerOf: readersInColumns(plan.memo),
    plan,
    async check(corrections, { cells } = { cells: 0 }) {
      const faults = new Map<number, CorrectionFault>()
      const records: SourceRecord[] = []
      for (const { raw, ...place } of corrections) {
        const record = singleRecord(readerOf(place.record), place, raw)
        if (record === undefined) faults.set(place.record, 'no_record')
        else records.push(record)
      }
      const tried = refusing(() => tryAll(store, { specification, plan, cells }, records))
      const { rejects, changes, idle } = await tried
      const warnings = new Map<number, CorrectionWarning>()
      for (const reject of rejects) {
        const told = reject.type === 'error' ? faults : warnings
        if (!told.has(reject.record)) told.set(reject.record, reject)
      }
      return { faults, changes, warnings, idle: new Set(idle) }
    },
  }
}

function withoutStops(fields: ImportSpecification['fields']): ImportSpecification['fields'] {
  return Object.fromEntries(
    Object.entries(fields).map(([name, options]) => [
      name,
      options.onError === 'stop' ? { ...options, onError: 'reject' as const } : options,
    ]),
  )
}
