import type { Store, Trx } from '../../db/store.ts'
import { kindOf } from '../../db/kind.ts'
import { filesOnDisk } from '../../db/files/stored-files.ts'
import type { TakeOver } from '../../db/take-over.ts'
import { ConflictError } from '../../domain/words/errors.ts'
import { inSnapshot } from '../../engine/ground/in-snapshot.ts'
import { copyRows, countOwnRows } from '../../engine/move/copy-rows.ts'
import { fingerprintOf, lastIds } from '../../engine/move/fingerprint.ts'
import {
  beginMove,
  copiedOf,
  endMove,
  findMove,
  rememberAllCopied,
} from '../../engine/move/move-record.ts'
import { hasNumbers, ownTables } from '../../engine/move/own-tables.ts'
import { requireNoneBegun, requireNoWorkers } from '../../engine/move/require-still.ts'
import { intoPieces } from '../../pipeline/files/into-pieces.ts'
import { shownUrl } from '../../db/shown-url.ts'

export type Moving = { source: Store; target: Store; takeOver: TakeOver }

export type MoveOptions = {
  now: () => Date
  stopSignal: AbortSignal
  /** Rows that are copied of those that there are, also by an earlier run. */
  progressed(done: { table: string; rows: number; of: number }): void
}

export type Moved = {
  /** Rows of each table. */
  rows: Record<string, number>
  /** Files whose bytes came from a disk, and paths of those that were not there any more. */
  files: number
  missing: string[]
}

/**
 * Copies everything that Tallyman keeps in one database into another one, under the same ids. An
 * interrupted move goes on where it stopped, as long as the source has not changed.
 * @throws ConflictError where somebody works with one of them, or the target has other jobs
 */
export async function moveDatabase(moving: Moving, options: MoveOptions): Promise<Moved> {
  const { source, target } = moving
  for (const { db } of [source, target]) await requireNoWorkers(db, options.now())
  await requireNoneBegun(source.db)
  await inSnapshot(source.db, (from) => copyAllRows(from, moving, options))
  const { files, missing } = await copyFiles(target, options)
  await requireUnchanged(moving)
  await finish(moving, options.now())
  return { rows: await countOwnRows(target.db, await ownTables(target)), files, missing }
}

async function copyAllRows(
  from: Trx,
  { source, target, takeOver }: Moving,
  { now, stopSignal, progressed }: MoveOptions,
): Promise<void> {
  const fingerprint = await fingerprintOf(from)
  const before = await findMove(target.db)
  const goesOn = before?.ended_at === null && before.fingerprint === fingerprint
  if (!goesOn) {
    const { job: last_job, entry: last_entry } = await lastIds(from)
    const moved_from = shownUrl(source.url)
    await beginMove(target, { moved_from, fingerprint, last_job, last_entry, now: now() })
  } else if (before.copied_at !== null) return

  const tables = await ownTables(target)
  const sum = (counts: Record<string, number>) =>
    Object.values(counts).reduce((total, count) => total + count, 0)
  const of = sum(await countOwnRows(from, tables))
  let done = sum(await countOwnRows(target.db, tables))
  const copied = goesOn ? copiedOf(before) : undefined
  for await (const { table, rows } of copyRows({ from, to: target, takeOver, copied })) {
    done += rows
    progressed({ table, rows: done, of })
    stopSignal.throwIfAborted()
  }
  await rememberAllCopied(target.db, now())
}

/** The machines of a database server share no disk: all files lie in the database then. */
async function copyFiles({ db }: Store, { stopSignal }: MoveOptions) {
  const missing: string[] = []
  let files = 0
  for (const file of await filesOnDisk(db)) {
    if (await intoPieces(db, file, { stopSignal })) files++
    else missing.push(file.path)
  }
  return { files, missing }
}

/** @throws ConflictError */
async function requireUnchanged({ source, target }: Moving): Promise<void> {
  const move = await findMove(target.db)
  if (move?.fingerprint === (await fingerprintOf(source.db))) return
  throw new ConflictError({ problem: 'move_source_changed', source: shownUrl(source.url) })
}

/** Ids go on where those of the source have come to, so that none is given twice. */
async function finish({ source, target, takeOver }: Moving, now: Date): Promise<void> {
  const { lastId } = kindOf(source.db)
  const numbered = (await ownTables(target)).filter(hasNumbers)
  await target.db.transaction().execute(async (trx) => {
    for (const { name } of numbered) {
      await takeOver.continueIds(trx, name, await lastId(source.db, name))
    }
    await endMove(trx, now)
  })
}
