import type { Db, SourceBytes, Store } from '../../../db/store.ts'
import type { TableInfo } from '../../../domain/records/table.ts'
import { InvalidInputError, UnusableError } from '../../../domain/words/errors.ts'
import { FAILURES } from '../../../domain/words/failures.ts'
import type { Problem } from '../../../domain/words/problems.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { SourcePlace } from '../../../domain/specification/stored-path.ts'
import { matchTable, planOf, requireWritable } from './match-table.ts'
import { requireAlike } from '../several/plans.ts'
import { futureTable } from './future-table.ts'
import { inferTable } from './infer-table.ts'
import { finder, foldName } from '../../values/find-name.ts'
import { faultsOfChecks } from '../fields/check-value.ts'
import { requireFittingFormats } from '../fields/fitting-formats.ts'
import { mapColumns } from './mapping.ts'
import { isNowhere, NoRegularFileError } from '../../files/open-file.ts'
import { closeAll, openEach, openFiles } from '../opening/open-files.ts'
import { openTarget, requireRights } from './open-target.ts'
import { refusing } from '../../refusing.ts'
import { noTableColumns } from '../../no-table-columns.ts'
import { withoutRejectColumns } from '../../formats/reject-columns.ts'
import { requireExpressions } from './require-expressions.ts'
import { NoStoredFileError } from '../../files/stored-file.ts'
import { SourceFile } from '../../source/source-file.ts'

/**
 * Validates an import before it becomes a job that can only fail.
 * @throws InvalidInputError, or the reason of the signal once it is aborted
 */
export async function checkImport(
  store: Store,
  specification: ImportSpecification,
  reading: SourceBytes = {},
): Promise<void> {
  await refusing(() => requireExpressions(specification))
  const files = await openEach(specification, (place) => openGiven(store.db, place, reading))
  try {
    await refusing(() => checkAgainst(store, specification, files))
  } finally {
    await closeAll(files)
  }
}

/**
 * @param db where a stored file is; undefined for a file of this machine
 * @throws InvalidInputError
 */
export async function openGiven(
  db: Db | undefined,
  place: SourcePlace,
  reading: SourceBytes = {},
): Promise<SourceFile> {
  try {
    return await SourceFile.open(db, place, reading)
  } catch (error) {
    const { path } = place
    const problem: Problem =
      error instanceof NoRegularFileError
        ? { problem: 'not_a_file', path }
        : isNowhere(error) || error instanceof NoStoredFileError
          ? { problem: 'no_file', path }
          : { code: FAILURES.source_missing, params: { path } }
    throw new InvalidInputError(problem, { cause: error })
  }
}

async function checkAgainst(
  store: Store,
  specification: ImportSpecification,
  files: SourceFile[],
): Promise<void> {
  const table = await checkTarget(store, specification)
  await requireColumns(store, table, { specification, files })
}

/**
 * Validates what does not depend on the file.
 * @returns the existing table, if any
 * @throws InvalidInputError
 */
export async function checkTarget(
  store: Store,
  specification: ImportSpecification,
): Promise<TableInfo | undefined> {
  const table = await store.tables.describe(store.db, specification.table)
  if (table === undefined && !specification.create) {
    throw new InvalidInputError({ problem: 'no_table', table: specification.table })
  }
  if (table === undefined) {
    await refusing(() => store.tables.requirePlace(store.db, specification.table))
  } else {
    await refusing(() => Promise.resolve(requireWritable(table, specification)))
    requireFields(table, specification)
    requireFittingFormats(table.columns, specification.fields)
    requireChecks(table, specification)
  }
  return table
}

function requireFields(table: TableInfo, specification: ImportSpecification): void {
  const { key, secondKey, fields, map } = specification
  const names = table.columns.map((column) => column.name)
  requireApart(table, fields)
  const named = [...key, ...secondKey, ...Object.keys(fields), ...Object.values(map)]
  const known = new Set(names.map(foldName))
  const unknown = named.filter((name) => !known.has(foldName(name)))
  const fault = noTableColumns(table, unknown)
  if (fault !== undefined) throw new InvalidInputError(fault)
}

/** Of two names of one field only one would count. */
function requireApart({ columns }: TableInfo, fields: ImportSpecification['fields']): void {
  const columnNamed = finder(columns, ({ name }) => name)
  const names = new Map<string, string>()
  for (const name of Object.keys(fields)) {
    const field = columnNamed(name)?.name
    if (field === undefined) continue
    const other = names.get(field)
    if (other !== undefined) {
      throw new InvalidInputError(
        { problem: 'field_said_twice', field, name, other },
        { at: ['fields', name] },
      )
    }
    names.set(field, name)
  }
}

/** Checks the bounds and listed values of fields, without a record. */
function requireChecks({ columns }: TableInfo, specification: ImportSpecification): void {
  const [first, ...others] = faultsOfChecks(columns, specification)
  if (first !== undefined) throw new InvalidInputError(first.problem, { at: first.at, others })
}

/**
 * Checks the header and the operation against the table. An empty file fits every table, but none
 * can be created from it.
 */
async function requireColumns(
  store: Store,
  table: TableInfo | undefined,
  { specification: given, files }: { specification: ImportSpecification; files: SourceFile[] },
): Promise<void> {
  const { path, header, memo, specification } = await openFiles(given, files, table)
  const names = withoutRejectColumns(header, specification, table)
  if (names.length === 0) {
    if (table !== undefined) return
    throw new UnusableError({ problem: 'empty_file', path })
  }
  // The names only: types need more than the head of the file.
  if (table === undefined) {
    const future = futureTable(inferTable(names, [], specification))
    requireFittingFormats(future.columns, specification.fields)
    const mapping = mapColumns(names, future, specification)
    requireAlike(planOf(future, mapping, { specification, memo }), specification)
  } else {
    const plan = await matchTable(store, specification, memo)
    requireAlike(plan, specification)
    openTarget({ store, jobId: NO_JOB, specification, plan })
    await requireRights({ store, specification, plan })
  }
}

/** A job id with no stored keys. */
const NO_JOB = 0
