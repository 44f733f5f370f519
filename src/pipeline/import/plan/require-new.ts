import type { SourceBytes, Store } from '../../../db/store.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import type { Job } from '../../../domain/jobs/job.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { importState } from '../opening/resume-state.ts'
import { isUntouched } from '../../files/identity.ts'
import { SourceFile, type SourceDescription } from '../../source/source-file.ts'

export type Alike = Pick<SourceBytes, 'stopSignal'> & {
  /** Imports into the same table from a file of the same size, the newest first. */
  find(file: { table: string; size: number }): Promise<Job[]>
  /** Called before the whole file is read for a comparison. */
  onCompare?(file: { path: string; size: number }): void
}

/**
 * Refuses a file that was already imported into the same table, if no key prevents duplicate rows.
 * Only a file with the size of an earlier one is read.
 * @throws InvalidInputError at `again`
 */
export async function requireNew(
  store: Store,
  specification: ImportSpecification,
  alike: Alike,
): Promise<void> {
  const { table, key, dryRun } = specification
  const { stopSignal } = alike
  if (key.length > 0 || dryRun) return
  const target = await store.tables.describe(store.db, table)
  if (target === undefined) return

  // Opening the source for the import reports a missing file.
  const source = await SourceFile.open(store.db, specification, { stopSignal }).catch(
    () => undefined,
  )
  if (source === undefined) return
  try {
    const find: Alike['find'] = async (file) =>
      await intoTable(store, target.name, await alike.find(file))
    await requireNewSource(source, table, { ...alike, find })
  } finally {
    await source.close()
  }
}

/** Those of the jobs whose table is this one, by whatever name. */
async function intoTable({ tables, db }: Store, target: string, jobs: Job[]): Promise<Job[]> {
  const names = new Map<string, boolean>()
  for (const { target_table: name } of jobs) {
    if (names.has(name)) continue
    names.set(name, (await tables.describe(db, name))?.name === target)
  }
  return jobs.filter((job) => names.get(job.target_table) === true)
}

async function requireNewSource(
  source: SourceFile,
  table: string,
  { find, onCompare }: Alike,
): Promise<void> {
  const { description } = source
  const alike = await find({ table, size: description.size })
  if (alike.length === 0) return
  const same =
    alike.find((job) => isOf(job, description)) ?? (await findSame(source, alike, onCompare))
  if (same === undefined) return
  const at = same.ended_at ?? same.started_at ?? same.created_at
  throw new InvalidInputError(
    { problem: 'imported_before', table, id: same.id, at },
    { at: ['again'] },
  )
}

/** An untouched file needs no comparison, even if a job failed before its hash was known. */
function isOf({ checkpoint }: Job, source: SourceDescription): boolean {
  const memo = importState.safeParse(checkpoint?.memo)
  return memo.success && isUntouched(source, memo.data.source)
}

async function findSame(
  source: SourceFile,
  alike: Job[],
  onCompare: Alike['onCompare'],
): Promise<Job | undefined> {
  const [first] = alike
  const known = alike.filter((job) => job.file_sha256 !== null)
  if (first === undefined || known.length === 0) return undefined
  onCompare?.({ path: source.path, size: first.file_size ?? 0 })
  await source.hash()
  return known.find((job) => job.file_sha256 === source.sha256)
}
