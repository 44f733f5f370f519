import { stat } from 'node:fs/promises'
import type { Store } from '../db/store.ts'
import type { TableInfo } from '../db/target.ts'
import { InvalidInputError, UnusableError } from '../domain/errors.ts'
import { FAILURES, JobFailure } from '../domain/messages.ts'
import type { ImportSpecification } from '../domain/specification.ts'
import { foldName, mapColumns, withoutRejectColumns } from './mapping.ts'
import { openImport } from './opening.ts'

/**
 * Finds a wrong call before there is a job that could only fail.
 * @throws InvalidInputError
 */
export async function checkImport(store: Store, specification: ImportSpecification): Promise<void> {
  await requireFile(specification.path)
  const table = await store.describeTable(specification.table)
  if (table === undefined && !specification.create) {
    throw new InvalidInputError({ problem: 'no_table', table: specification.table })
  }
  if (table !== undefined) requireFields(table, specification)
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

/** What the head of the file tells; an empty file fits everywhere. */
async function requireColumns(
  table: TableInfo | undefined,
  specification: ImportSpecification,
): Promise<void> {
  const { header } = await openImport(specification)
  const names = withoutRejectColumns(header)
  if (names.length === 0) return
  if (table !== undefined) mapColumns(names, table, specification)
  else requireKey(names, specification)
}

function requireKey(header: string[], { header: isNamed, ...rest }: ImportSpecification): void {
  if (!isNamed) return
  const names = [...header, ...Object.values(rest.map)]
  const unknown = unknownOf([...rest.key, ...rest.secondKey], names)
  if (unknown === undefined) return
  throw new UnusableError({ problem: 'key_not_filled', field: unknown, columns: header.join(', ') })
}

function unknownOf(wanted: string[], names: string[]): string | undefined {
  const known = new Set(names.map(foldName))
  return wanted.find((name) => !known.has(foldName(name)))
}
