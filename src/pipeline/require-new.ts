import { stat } from 'node:fs/promises'
import type { Store } from '../db/store.ts'
import { InvalidInputError } from '../domain/errors.ts'
import type { Job } from '../domain/job.ts'
import type { ImportSpecification } from '../domain/specification.ts'
import { importMemo } from './import-plan.ts'
import { isUntouched } from './opening.ts'
import { describeSource, hashSource, type SourceDescription } from './source.ts'

export type Alike = {
  /** The imports that put rows into the same table from a file of the same size, the newest first. */
  find(file: { table: string; size: number }): Promise<Job[]>
  /** Told before the whole file is read for a comparison. */
  onCompare?(file: { path: string; size: number }): void
}

/**
 * Makes sure that no import has put the same file into the same table before, where no key would
 * keep its rows from being there twice. Only a file as large as an earlier one is read for that.
 * @throws InvalidInputError at `again`
 */
export async function requireNew(
  store: Store,
  { path, table, key, dryRun }: ImportSpecification,
  { find, onCompare }: Alike,
): Promise<void> {
  if (key.length > 0 || dryRun) return
  if (!(await isFile(path)) || (await store.describeTable(table)) === undefined) return

  const source = await describeSource(path)
  const alike = await find({ table, size: source.size })
  if (alike.length === 0) return
  const same = alike.find((job) => isOf(job, source)) ?? (await findSame(path, alike, onCompare))
  if (same === undefined) return
  const at = same.ended_at ?? same.started_at ?? same.created_at
  throw new InvalidInputError(
    { problem: 'imported_before', table, id: same.id, at },
    { at: ['again'] },
  )
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true
}

/** A file that was not touched since needs no comparison: also where a job failed before its hash was known. */
function isOf({ checkpoint }: Job, source: SourceDescription): boolean {
  const memo = importMemo.safeParse(checkpoint?.memo)
  return memo.success && isUntouched(memo.data.source, source)
}

async function findSame(
  path: string,
  alike: Job[],
  onCompare: Alike['onCompare'],
): Promise<Job | undefined> {
  const [first] = alike
  const known = alike.filter((job) => job.file_sha256 !== null)
  if (first === undefined || known.length === 0) return undefined
  onCompare?.({ path, size: first.file_size ?? 0 })
  const sha256 = await hashSource(path)
  return known.find((job) => job.file_sha256 === sha256)
}
