import type { Store, Trx } from '../../db/store.ts'
import type { Position } from '../../domain/jobs/checkpoint.ts'
import { noCounters, type Counters } from '../../domain/jobs/counters.ts'
import type { Message } from '../../domain/words/messages.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import { MAX_RECORDS, type Suspects } from './batch-size.ts'
import { BatchWriter } from './batch-writer.ts'
import { ChangeSample } from './change-sample.ts'
import { emptyBatch } from './checkpoint-of.ts'
import { missingTable, planImport } from './plan/import-plan.ts'
import { importState } from './opening/resume-state.ts'
import type { ImportPlan } from './plan/match-table.ts'
import type { Stamps } from './opening/stamps.ts'
import { openImportSource, specificationFor, type ImportSource } from './opening/import-source.ts'
import { isStop, type Resume, type RunEnd, type RunPorts } from '../ports.ts'
import { Calculator } from '../expressions/calculator.ts'
import { hashInBackground } from '../source/background-hash.ts'
import { soundWindows } from '../source/sound-windows.ts'
import { holdingBack } from './holding-back.ts'
import { adapted } from '../known-formats.ts'
import { postponedFeed } from './postponed-feed.ts'
import { feedOf } from './record-feed.ts'
import { toldAtEnd, untilRecord, windowsUntil } from './until-record.ts'
import { removedTable, remakeTable } from './plan/remake-table.ts'

export type ImportRun = {
  store: Store
  jobId: number
  /** What stamp fields are filled with. */
  stamps: Stamps
  specification: ImportSpecification
  resume: Resume
  /** The most records that the job had reached when its worker died; null if none died. */
  diedAfter: number | null
  ports: RunPorts
}

/**
 * Imports a file into a table batch by batch, from its start or from a checkpoint.
 * @throws JobFailure with all records up to the failing one committed
 */
export async function runImport(given: ImportRun): Promise<RunEnd> {
  const specification = specificationFor(given.ports, given.specification)
  const run = { ...given, specification, suspects: suspectsOf(given) }
  const source = await openImportSource(run.store.db, run.specification, run.ports)
  try {
    return run.specification.dryRun
      ? await rehearse(source, run)
      : await importInto(run.store, source, run)
  } finally {
    await source.identity.close()
  }
}

type Run = ImportRun & { suspects: Suspects | null }

function suspectsOf({ diedAfter, resume }: ImportRun): Suspects | null {
  if (diedAfter === null) return null
  return { diedAfter, count: resume?.checkpoint.ahead ?? MAX_RECORDS }
}

/** A dry run stores no rows, so an interrupted one restarts. */
async function rehearse(source: ImportSource, run: Run): Promise<RunEnd> {
  const rehearsal = await run.store.rehearse(run.jobId, run.ports)
  try {
    const changes = new ChangeSample(run.store)
    return await importInto(rehearsal, source, { ...run, resume: undefined, changes })
  } finally {
    await rehearsal.close()
  }
}

/** @param run `changes` for a dry run, whose first changes are shown */
async function importInto(
  store: Store,
  source: ImportSource,
  run: Run & { changes?: ChangeSample },
): Promise<RunEnd> {
  const { resume, ports, jobId } = run
  const { answer, plan, position, counters, specification } =
    resume === undefined ? await begin(store, source, run) : await goOn(store, source, run, resume)
  if (answer === 'stop') return 'stopped'

  const { memo, reader } = plan
  const open = source.records(reader, position, (error) => isStop(error, ports))
  const hash = hashInBackground(source.identity)
  const calculator = plan.calculation && (await Calculator.start(plan.calculation))
  try {
    const writer = new BatchWriter({
      store,
      jobId,
      specification,
      plan,
      ports,
      counters,
      position,
      suspects: run.suspects,
      changes: run.changes,
      calculator,
      source: source.identity,
      bytesRead: ({ offset }) => (memo.source.gzip ? open.bytesRead : (offset ?? open.bytesRead)),
    })
    const { records, windows } = open
    const held = holdingBack(feedOf(records), records, specification.skipLast)
    const feed = untilRecord(held, specification)
    const sound = soundWindows(windows, source.identity, hash)
    for await (const _ of windowsUntil(sound, feed, specification)) {
      if ((await writer.write(feed)) === 'stop') return 'stopped'
    }
    const postponed = postponedFeed({ store, jobId }, reader, records)
    if ((await writer.endSource(postponed)) === 'stop') return 'stopped'
    if ((await writer.write(postponed)) === 'stop') return 'stopped'
    await writer.finish(postponed, toldAtEnd(records, specification))
    return 'finished'
  } finally {
    hash.stop()
    await calculator?.stop()
  }
}

type Beginning = {
  answer: 'go_on' | 'stop'
  plan: ImportPlan
  position: Position
  counters: Counters
  /** Without options that the format of the source does not use. */
  specification: ImportSpecification
}

/** Creates the table and the index in one transaction with their journal messages. */
async function begin(
  store: Store,
  source: ImportSource,
  { specification: given, suspects, ports, stamps }: Run,
): Promise<Beginning> {
  const table = await store.tables.describe(store.db, given.table)
  const opened = await source.profile(given, table)
  const opening = { ...opened, memo: { ...opened.memo, stamps } }
  const { specification } = opening
  const position = opening.start
  const counters = { ...noCounters(), empty: opening.empty }
  const missing = await missingTable(store, specification, opening)
  await source.identity.check()
  const { announceLongStatement } = ports
  const plannedIn = (trx: Trx) =>
    planImport(store, trx, specification, { opening, missing, announceLongStatement })
  return await commitPlan(ports, async (trx) => {
    const plan = specification.dryRun
      ? await store.db.transaction().execute(plannedIn)
      : await plannedIn(trx)
    const place = { plan, position, counters, specification, suspects }
    return { place, journal: plan.journal }
  })
}

async function goOn(
  store: Store,
  source: ImportSource,
  { specification: given, suspects, ports, stamps }: Run,
  { checkpoint, counters }: NonNullable<Resume>,
): Promise<Beginning> {
  const { file, offset, line, record } = checkpoint
  const position = { ...(file === undefined ? {} : { file }), offset, line, record }
  const known = importState.parse(checkpoint.memo)
  const specification = adapted(given, known)
  await source.identity.expect(known.source, known.sha256)
  const memo = { ...known, stamps: known.stamps ?? stamps, source: source.identity.description }
  const removed = await removedTable(store, source, { specification, counters })
  const resumed: Message = { code: 'TLY-1011', params: { record, offset: offset ?? '–' } }
  const { announceLongStatement } = ports
  return await commitPlan(ports, async (trx) => {
    const making = { memo, removed, announceLongStatement }
    const plan = await remakeTable(store, trx, specification, making)
    const place = { plan, position, counters, specification, suspects }
    return { place, journal: [resumed, ...plan.journal] }
  })
}

type ResumePoint = Omit<Beginning, 'answer'> & Pick<Run, 'suspects'>

/** Commits the preparation for the first record, with its journal. */
async function commitPlan(
  ports: RunPorts,
  planIn: (trx: Trx) => Promise<{ place: ResumePoint; journal: Message[] }>,
): Promise<Beginning> {
  const planned: ResumePoint[] = []
  const answer = await ports.commit(async (trx) => {
    const { place, journal } = await planIn(trx)
    planned.push(place)
    return emptyBatch(place, journal)
  })
  const place = planned.at(-1)
  if (place === undefined) throw new Error('a commit ended without its batch')
  return { answer, ...place }
}
