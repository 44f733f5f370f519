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
import { filesOf, readersOf, withFile } from './opening/files-of-memo.ts'
import { closeAll } from './opening/open-files.ts'
import { importState, type ResumeState } from './opening/resume-state.ts'
import type { ImportPlan } from './plan/match-table.ts'
import type { Stamps } from './opening/stamps.ts'
import { openImportSource, specificationFor, type ImportSource } from './opening/import-source.ts'
import type { Resume, RunEnd, RunPorts } from '../ports.ts'
import { Calculator } from '../expressions/calculator.ts'
import { adapted } from '../known-formats.ts'
import { postponedFeed } from './feeds/postponed-feed.ts'
import { readFiles } from './read-files.ts'
import { requireAlike } from './several/plans.ts'
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
    await closeAll(source.files)
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

  const calculator = plan.calculation && (await Calculator.start(plan.calculation))
  try {
    const { suspects, changes } = run
    const place = { plan, counters, position, suspects, changes, calculator }
    const writer = new BatchWriter({ store, jobId, specification, ports, ...place })
    const end = await readFiles(source, writer, { specification, ports, position })
    if (end === 'stop') return 'stopped'
    const postponed = postponedFeed({ store, jobId }, readersOf(writer.course.reached.memo), end)
    if ((await writer.endSource(postponed)) === 'stop') return 'stopped'
    if ((await writer.write(postponed)) === 'stop') return 'stopped'
    await writer.finish(postponed, end.told)
    return 'finished'
  } finally {
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
  for (const file of source.files) await file.check()
  const { announceLongStatement } = ports
  const plannedIn = (trx: Trx) =>
    planImport(store, trx, specification, { opening, missing, announceLongStatement })
  return await commitPlan(ports, async (trx) => {
    const plan = specification.dryRun
      ? await store.db.transaction().execute(plannedIn)
      : await plannedIn(trx)
    const place = { plan, position, counters, specification, suspects }
    return { place, journal: [...plan.journal, ...requireAlike(plan, specification)] }
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
  const memo = { ...(await expectFiles(source, known)), stamps: known.stamps ?? stamps }
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

/** Checks that no file has changed, and stores what tells a change from now on. */
async function expectFiles({ files }: ImportSource, known: ResumeState): Promise<ResumeState> {
  let memo = known
  for (const [at, file] of files.entries()) {
    const { source, sha256 } = filesOf(known)[at] ?? known
    await file.expect(source, sha256)
    memo = withFile(memo, at, { source: file.description, sha256 })
  }
  return memo
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
