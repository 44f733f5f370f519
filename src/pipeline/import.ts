import type { Store, Trx } from '../db/store.ts'
import type { Position } from '../domain/checkpoint.ts'
import { noCounters, type Counters } from '../domain/counters.ts'
import type { Message } from '../domain/messages.ts'
import type { ImportSpecification } from '../domain/specification.ts'
import { BatchWriter } from './batch-writer.ts'
import { checkpointOf, totalOf } from './checkpoint-of.ts'
import { scannerFor, windows } from './delimited.ts'
import {
  importMemo,
  missingTable,
  planImport,
  replanImport,
  type ImportPlan,
} from './import-plan.ts'
import { openImport, recheckSource, sourceFailure } from './opening.ts'
import type { Batch, Resume, RunEnd, RunPorts } from './ports.ts'
import { hashBeside } from './hash-beside.ts'
import { postponedReader } from './postponed-reader.ts'
import { readerOf } from './record-reader.ts'
import type { RecordScanner } from './record-scanner.ts'
import { openSource, type Source } from './source.ts'

/** No batch takes more bytes: so many of usual records are about as many as one takes. */
const BLOCK_BYTES = 1024 * 1024

export type ImportRun = {
  store: Store
  jobId: number
  specification: ImportSpecification
  resume: Resume
  /** How far it was, at the most, when it lost a worker; null where it lost none. */
  diedAfter: number | null
  ports: RunPorts
}

/**
 * Reads a file into a table, batch by batch, from the file's start or from where an earlier run got to.
 * @throws JobFailure with everything up to the failing record committed
 */
export async function runImport(run: ImportRun): Promise<RunEnd> {
  if (!run.specification.dryRun) return await importInto(run.store, run)

  // A rehearsal keeps nothing of its rows: one that was interrupted starts again.
  const rehearsal = await run.store.rehearse(run.jobId)
  try {
    return await importInto(rehearsal, { ...run, resume: undefined })
  } finally {
    await rehearsal.close()
  }
}

async function importInto(store: Store, run: ImportRun): Promise<RunEnd> {
  const { specification, resume, ports, jobId } = run
  const { answer, plan, position, counters } =
    resume === undefined ? await begin(store, run) : await goOn(store, run, resume)
  if (answer === 'stop') return 'stopped'

  const source = await openSource(specification.path, { offset: position.offset })
  const { memo } = plan
  const hash = hashBeside(specification.path, memo.sha256)
  try {
    const writer = new BatchWriter({
      store,
      jobId,
      specification,
      plan,
      ports,
      counters,
      position,
      diedAfter: run.diedAfter,
      bytesRead: ({ offset }) => (memo.source.gzip ? source.bytesRead : offset),
      sha256: hash.known,
    })
    const { encoding, delimiter, header } = memo
    const columns = header.length === 0 ? undefined : header.length
    const dialect = { encoding, delimiter, columns }
    const scanner = scannerFor({ ...position, ...dialect, blockBytes: BLOCK_BYTES })
    if ((await writeAll(writer, source, scanner, specification)) === 'stop') return 'stopped'
    await hash.whole
    const postponed = postponedReader({ store, jobId }, dialect, scanner)
    if ((await writer.endSource(postponed)) === 'stop') return 'stopped'
    if ((await writer.write(postponed)) === 'stop') return 'stopped'
    await writer.finish(postponed)
    return 'finished'
  } finally {
    hash.stop()
  }
}

type Beginning = {
  answer: 'go_on' | 'stop'
  plan: ImportPlan
  position: Position
  counters: Counters
}

/** The table and the index that are made, and the journal that says so, are one transaction. */
async function begin(
  store: Store,
  { specification, diedAfter, ports }: ImportRun,
): Promise<Beginning> {
  const opening = await openImport(specification)
  const position = opening.start
  const counters = { ...noCounters(), empty: opening.empty }
  const missing = await missingTable(store, specification, opening)
  const plannedIn = (trx: Trx) => planImport(store, trx, specification, { opening, missing })
  const planned: { plan: ImportPlan }[] = []
  const answer = await ports.commit(async (trx) => {
    const plan = specification.dryRun
      ? await store.db.transaction().execute(plannedIn)
      : await plannedIn(trx)
    planned.push({ plan })
    return emptyBatch({ plan, position, counters, diedAfter }, plan.journal)
  })
  const plan = planned.at(-1)?.plan
  if (plan === undefined) throw new Error('a commit ended without its batch')
  return { answer, plan, position, counters }
}

async function goOn(
  store: Store,
  { specification, diedAfter, ports }: ImportRun,
  { checkpoint, counters }: NonNullable<Resume>,
): Promise<Beginning> {
  const { offset, line, record } = checkpoint
  const position = { offset, line, record }
  const memo = await recheckSource(specification.path, importMemo.parse(checkpoint.memo))
  const plan = await replanImport(store, specification, memo)
  const resumed: Message = { code: 'TLY-1011', params: { record, offset } }
  const answer = await ports.commit(() =>
    Promise.resolve(emptyBatch({ plan, position, counters, diedAfter }, [resumed])),
  )
  return { answer, plan, position, counters }
}

type Place = Omit<Beginning, 'answer'> & Pick<ImportRun, 'diedAfter'>

function emptyBatch({ plan, position, counters, diedAfter }: Place, journal: Message[]): Batch {
  const { memo } = plan
  const reached = { position, counters, memo }
  return {
    counters,
    total: totalOf(reached),
    checkpoint: checkpointOf(reached, diedAfter),
    bytesRead: memo.source.gzip ? 0 : position.offset,
    rejects: [],
    journal,
    file: { size: memo.source.size },
  }
}

async function writeAll(
  writer: BatchWriter,
  source: Source,
  scanner: RecordScanner,
  { path }: ImportSpecification,
): Promise<'go_on' | 'stop'> {
  const reader = readerOf(scanner)
  try {
    for await (const _ of windows(source, scanner)) {
      if ((await writer.write(reader)) === 'stop') return 'stop'
    }
  } catch (error) {
    throw sourceFailure(error, path) ?? error
  }
  return 'go_on'
}
