import type { SourceBytes, Store } from '../../../db/store.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import type { Job } from '../../../domain/jobs/job.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { SourcePlace } from '../../../domain/specification/stored-path.ts'
import { filesOf } from '../opening/files-of-memo.ts'
import { closeAll, openEach } from '../opening/open-files.ts'
import { importState } from '../opening/resume-state.ts'
import { isUntouched } from '../../files/identity.ts'
import { SourceFile } from '../../source/source-file.ts'

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

  // Opening the files for the import reports a missing one.
  const open = (place: SourcePlace) => SourceFile.open(store.db, place, { stopSignal })
  const files = await openEach(specification, open).catch(() => [])
  try {
    const find: Alike['find'] = async (file) =>
      await intoTable(store, target.name, await alike.find(file))
    const each = files.length > 1 ? files.map((file) => [file]) : []
    for (const some of [files, ...each]) await requireNewFiles(some, table, { ...alike, find })
  } finally {
    await closeAll(files)
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

/** Files that an earlier job read, all of them and no others. */
async function requireNewFiles(
  files: SourceFile[],
  table: string,
  { find, onCompare }: Alike,
): Promise<void> {
  const size = files.reduce((sum, { description }) => sum + description.size, 0)
  const alike = files.length === 0 ? [] : await find({ table, size })
  if (alike.length === 0) return
  const same =
    alike.find((job) => isUntouchedIn(job, files)) ?? (await findSame(files, alike, onCompare))
  if (same === undefined) return
  const at = same.ended_at ?? same.started_at ?? same.created_at
  throw new InvalidInputError(
    { problem: 'imported_before', table, id: same.id, at },
    { at: ['again'] },
  )
}

/** Untouched files need no comparison, even if a job failed before their hashes were known. */
function isUntouchedIn({ checkpoint }: Job, files: SourceFile[]): boolean {
  const memo = importState.safeParse(checkpoint?.memo).data
  if (memo === undefined) return false
  const known = filesOf(memo)
  const isSame = ({ description }: SourceFile, at: number) =>
    known[at] !== undefined && isUntouched(description, known[at].source)
  return known.length === files.length && files.every(isSame)
}

async function findSame(
  files: SourceFile[],
  alike: Job[],
  onCompare: Alike['onCompare'],
): Promise<Job | undefined> {
  const known = alike.filter((job) => hashesOf(job)?.length === files.length)
  if (known.length === 0) return undefined
  for (const file of files) {
    onCompare?.({ path: file.path, size: file.description.size })
    await file.hash()
  }
  const found = files.map(({ sha256 }) => sha256).join()
  return known.find((job) => hashesOf(job)?.join() === found)
}

/** The hashes of all files of a job; undefined where one is not known. */
function hashesOf({ file_sha256, checkpoint }: Job): string[] | undefined {
  if (file_sha256 !== null) return [file_sha256]
  const memo = importState.safeParse(checkpoint?.memo).data
  const hashes = memo === undefined ? [] : filesOf(memo).map(({ sha256 }) => sha256)
  const known = hashes.filter((hash) => hash !== null)
  return known.length > 0 && known.length === hashes.length ? known : undefined
}
