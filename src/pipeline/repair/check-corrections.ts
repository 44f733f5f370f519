import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Store, Trx } from '../../db/store.ts'
import { within } from '../../db/within.ts'
import { noCounters } from '../../domain/jobs/counters.ts'
import type { Correction } from '../../domain/records/correction.ts'
import type { Reject } from '../../domain/records/reject.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import type { SourceReader, SourceRecord } from '../formats/source-reader.ts'
import { memoOfCorrected } from '../import/opening/corrected-memo.ts'
import { readersOf } from '../import/opening/files-of-memo.ts'
import { readersInColumns } from '../import/several/in-columns.ts'
import { Calculator } from '../expressions/calculator.ts'
import { plansOf } from '../import/several/plans.ts'
import { matchTable, type ImportPlan } from '../import/plan/match-table.ts'
import { postponedFeed } from '../import/feeds/postponed-feed.ts'
import type { RecordFeed } from '../import/feeds/record-feed.ts'
import { RecordWriter } from '../import/record-writer.ts'
import type { BatchTally } from '../import/tally-batch.ts'
import { adapted } from '../known-formats.ts'
import { refusing } from '../refusing.ts'
import { singleRecord } from './rewrite.ts'

/** Records in one transaction, which other writers wait for. */
const CHUNK_RECORDS = 500

/** What keeps a corrected record out; without a message, its bytes are no single record. */
export type CorrectionFault = Pick<Reject, 'code' | 'params' | 'field'> | 'no_record'

/** How the job reads and writes its records. */
export type CheckedJob = { specification: ImportSpecification; memo: unknown }

export type CorrectionCheck = {
  /** How a record is read and rewritten, in the columns of the first file. */
  readerOf(record: number): SourceReader
  plan: ImportPlan
  /**
   * By record number, for those of the records that would be rejected.
   * @throws InvalidInputError where an expression of the job does not end
   */
  check(corrections: Correction[]): Promise<Map<number, CorrectionFault>>
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
    async check(corrections) {
      const faults = new Map<number, CorrectionFault>()
      const records: SourceRecord[] = []
      for (const { raw, ...place } of corrections) {
        const record = singleRecord(readerOf(place.record), place, raw)
        if (record === undefined) faults.set(place.record, 'no_record')
        else records.push(record)
      }
      const rejects = refusing(() => tryAll(store, { specification, plan }, records))
      for (const reject of await rejects) {
        if (!faults.has(reject.record)) faults.set(reject.record, reject)
      }
      return faults
    },
  }
}

type Trial = { specification: ImportSpecification; plan: ImportPlan }

/** Why records would be rejected, their expressions calculated in the sandbox as by the import. */
async function tryAll(store: Store, trial: Trial, records: SourceRecord[]): Promise<Reject[]> {
  const { calculation } = trial.plan
  const isCalculated = calculation !== undefined && records.length > 0
  const calculator = isCalculated ? await Calculator.start(calculation) : undefined
  const faults: Reject[] = []
  try {
    for (let at = 0; at < records.length; at += CHUNK_RECORDS) {
      const piece = records.slice(at, at + CHUNK_RECORDS)
      const rejects = await tryImport(store, { ...trial, calculator }, piece)
      faults.push(...rejects.filter(({ type }) => type === 'error'))
      await nextTurn()
    }
  } finally {
    await calculator?.stop()
  }
  return faults
}

type CalculatedTrial = Trial & { calculator: Calculator | undefined }

/** Ends a transaction that is only tried. */
class Undone extends Error {
  override name = 'Undone'
}

async function tryImport(
  store: Store,
  trial: CalculatedTrial,
  records: SourceRecord[],
): Promise<Reject[]> {
  const rejects: Reject[] = []
  try {
    await store.db.transaction().execute(async (trx) => {
      rejects.push(...(await importIn(within(store, trx), trx, trial, records)))
      throw new Undone()
    })
  } catch (error) {
    if (!(error instanceof Undone)) throw error
  }
  return rejects
}

async function importIn(
  store: Store,
  trx: Trx,
  trial: CalculatedTrial,
  records: SourceRecord[],
): Promise<Reject[]> {
  // No job has a number below zero; each trial has its own, so that none waits for another's keys.
  const jobId = -1 - Math.floor(Math.random() * 2 ** 31)
  const planOf = plansOf(trial.plan, trial.specification)
  const writer = new RecordWriter({ ...trial, store, jobId, planOf })
  const { mask } = trial.plan
  const tally: BatchTally = { counters: noCounters(), rejects: [], journal: [], seen: null, mask }
  const feeds = [
    feedOfRecords(records),
    postponedFeed({ store, jobId }, readersOf(trial.plan.memo), NOWHERE),
  ]
  for (const feed of feeds) {
    while (await feed.hasNext()) {
      await writer.write(trx, feed, tally, { most: records.length, isRefused: false })
    }
  }
  return tally.rejects
}

function withoutStops(fields: ImportSpecification['fields']): ImportSpecification['fields'] {
  return Object.fromEntries(
    Object.entries(fields).map(([name, options]) => [
      name,
      options.onError === 'stop' ? { ...options, onError: 'reject' as const } : options,
    ]),
  )
}

const NOWHERE = { position: { offset: null, line: null, record: 0 }, empty: 0 }

function feedOfRecords(records: SourceRecord[]): RecordFeed {
  let at = 0
  return {
    ...NOWHERE,
    isInOrder: false,
    hasNext: () => Promise.resolve(at < records.length),
    next(_trx, most) {
      const taken = records.slice(at, at + most)
      at += taken.length
      return Promise.resolve(taken)
    },
    mark: () => () => undefined,
  }
}
