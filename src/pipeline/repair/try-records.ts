import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Store, Trx } from '../../db/store.ts'
import { within } from '../../db/within.ts'
import { noCounters } from '../../domain/jobs/counters.ts'
import type { Reject } from '../../domain/records/reject.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import { RetryBatch } from '../../domain/words/errors.ts'
import { Calculator } from '../expressions/calculator.ts'
import type { SourceRecord } from '../formats/source-reader.ts'
import { postponedFeed } from '../import/feeds/postponed-feed.ts'
import type { RecordFeed } from '../import/feeds/record-feed.ts'
import { readersOf } from '../import/opening/files-of-memo.ts'
import type { ImportPlan } from '../import/plan/match-table.ts'
import { RecordWriter } from '../import/record-writer.ts'
import { maskFor, plansOf } from '../import/several/plans.ts'
import type { BatchTally } from '../import/tally-batch.ts'
import { RowsMet, type MetRow } from './rows-met.ts'

/** Records in one transaction, which other writers wait for. */
const CHUNK_RECORDS = 500

type Trial = { specification: ImportSpecification; plan: ImportPlan; cells: number }
type TriedRecords = { rejects: Reject[]; changes: Map<number, MetRow>; idle: number[] }

/** What would become of records, their expressions calculated in the sandbox as by the import. */
export async function tryAll(
  store: Store,
  trial: Trial,
  records: SourceRecord[],
): Promise<TriedRecords> {
  const { calculation } = trial.plan
  const isCalculated = calculation !== undefined && records.length > 0
  const calculator = isCalculated ? await Calculator.start(calculation) : undefined
  const tried: TriedRecords = { rejects: [], changes: new Map(), idle: [] }
  try {
    for (let at = 0; at < records.length; at += CHUNK_RECORDS) {
      const piece = records.slice(at, at + CHUNK_RECORDS)
      const cells = Math.max(0, trial.cells - tried.changes.size)
      const found = await tryImport(store, { ...trial, cells, calculator }, piece)
      const { rejects, changes, idle } = found
      tried.rejects.push(...rejects)
      tried.idle.push(...idle)
      for (const [record, change] of changes) tried.changes.set(record, change)
      await nextTurn()
    }
  } finally {
    await calculator?.stop()
  }
  return tried
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
): Promise<TriedRecords> {
  // No job has a number below zero; each trial has its own, so that none waits for another's keys.
  const jobId = -1 - Math.floor(Math.random() * 2 ** 31)
  const { plan, specification, cells } = trial
  const met = new RowsMet(plan, specification)
  const planOf = plansOf(plan, specification)
  const mask = maskFor(plan, planOf)
  const writer = new RecordWriter({ ...trial, changes: met, store, jobId, planOf })
  for (;;) {
    const rejects: Reject[] = []
    met.restart()
    try {
      await store.db.transaction().execute(async (trx) => {
        const inside = within(store, trx)
        rejects.push(...(await importIn(inside, trx, { writer, jobId, plan, mask }, records)))
        await met.readAfter(trx, inside, cells)
        throw new Undone()
      })
    } catch (error) {
      if (error instanceof Undone) {
        return { rejects, changes: await met.changes(store, cells), idle: met.idle() }
      }
      // The database takes it that all rows are new until one of them is not.
      if (!(error instanceof RetryBatch)) throw error
    }
  }
}

type Writing = { writer: RecordWriter; jobId: number; plan: ImportPlan; mask: BatchTally['mask'] }

async function importIn(
  store: Store,
  trx: Trx,
  { writer, jobId, plan, mask }: Writing,
  records: SourceRecord[],
): Promise<Reject[]> {
  const { memo } = plan
  const tally: BatchTally = { counters: noCounters(), rejects: [], journal: [], seen: null, mask }
  const feeds = [feedOfRecords(records), postponedFeed({ store, jobId }, readersOf(memo), NOWHERE)]
  for (const feed of feeds) {
    while (await feed.hasNext()) {
      await writer.write(trx, feed, tally, { most: records.length, isRefused: false })
    }
  }
  return tally.rejects
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
