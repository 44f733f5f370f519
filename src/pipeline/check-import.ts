import { stat } from 'node:fs/promises'
import type { Store } from '../db/store.ts'
import type { TableInfo } from '../db/target.ts'
import { InvalidInputError, UnusableError } from '../domain/errors.ts'
import { FAILURES, JobFailure } from '../domain/messages.ts'
import type { ImportSpecification } from '../domain/specification.ts'
import { tableAfter } from './infer-table.ts'
import { foldName, mapColumns } from './mapping.ts'
import { openImport } from './opening.ts'
import { withoutRejectColumns } from './reject-columns.ts'

/**
 * Finds a wrong call before there is a job that could only fail.
 * @throws InvalidInputError
 */
export async function checkImport(store: Store, specification: ImportSpecification): Promise<void> {
  await requireFile(specification.path)
  const table = await checkTarget(store, specification)
  try {
    await requireColumns(table, specification)
  } catch (error) {
    if (error instanceof UnusableError) {
      throw new InvalidInputError(error.problem, { cause: error })
    } else if (error instanceof JobFailure) {
      const message = { code: FAILURES[error.reason], params: error.params }
      throw new InvalidInputError(message, { cause: error })
    } else throw error
  }
}

/**
 * What can be found wrong without a look at the file.
 * @returns the table, where it is there
 * @throws InvalidInputError
 */
export async function checkTarget(
  store: Store,
  specification: ImportSpecification,
): Promise<TableInfo | undefined> {
  const table = await store.describeTable(specification.table)
  if (table === undefined && !specification.create) {
    throw new InvalidInputError({ problem: 'no_table', table: specification.table })
  }
  if (table !== undefined) requireFields(table, specification)
  return table
}

async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) throw new InvalidInputError({ problem: 'no_file', path })
  if (!found.isFile()) throw new InvalidInputError({ problem: 'not_a_file', path })
}

function requireFields(table: TableInfo, specification: ImportSpecification): void {
  if (table.isView) throw new InvalidInputError({ problem: 'is_view', table: table.name })

  const { key, secondKey, fields } = specification
  const names = table.columns.map((column) => column.name)
  const unknown = unknownOf([...key, ...secondKey, ...Object.keys(fields)], names)
  if (unknown === undefined) return
  throw new InvalidInputError({
    problem: 'no_table_column',
    table: table.name,
    column: unknown,
    columns: names.join(', '),
  })
}

/** What the head of the file tells; an empty file fits every table, but none can be made after it. */
async function requireColumns(
  table: TableInfo | undefined,
  specification: ImportSpecification,
): Promise<void> {
  const { header } = await openImport(specification)
  const names = withoutRejectColumns(header, specification, table)
  if (names.length === 0) {
    if (table === undefined) {
      throw new UnusableError({ problem: 'empty_file', path: specification.path })
    }
  } else mapColumns(names, table ?? futureTable(names, specification), specification)
}

/** As far as names go: the types need more than the head of the file. */
function futureTable(header: string[], specification: ImportSpecification): TableInfo {
  const { name, columns, primaryKey } = tableAfter(header, [], specification)
  return {
    name,
    isView: false,
    isOrdered: false,
    columns: columns.map(({ name, type }) => ({
      name,
      type,
      declared: type,
      nullable: true,
      defaultSql: null,
      maxLength: null,
      generated: false,
    })),
    primaryKey,
    unique: [primaryKey],
    indexes: [primaryKey],
  }
}

function unknownOf(wanted: string[], names: string[]): string | undefined {
  const known = new Set(names.map(foldName))
  return wanted.find((name) => !known.has(foldName(name)))
}
