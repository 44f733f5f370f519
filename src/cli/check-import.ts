import { stat } from 'node:fs/promises'
import type { Store } from '../db/store.ts'
import type { TableInfo } from '../db/target.ts'
import { InvalidInputError } from '../domain/errors.ts'
import { FAILURES, JobFailure } from '../domain/messages.ts'
import type { ImportSpecification } from '../domain/specification.ts'
import { messageText, type Language } from '../i18n/catalogue.ts'
import { ENCODINGS, parseEncoding } from '../pipeline/encoding.ts'
import { foldName, mapColumns, withoutRejectColumns } from '../pipeline/mapping.ts'
import { openImport } from '../pipeline/opening.ts'

/**
 * Finds a wrong call before there is a job that could only fail.
 * @throws InvalidInputError
 */
export async function checkImport(
  store: Store,
  specification: ImportSpecification,
  language: Language,
): Promise<void> {
  await requireFile(specification.path)
  requireEncoding(specification.encoding)
  const table = await store.describeTable(specification.table)
  if (table === undefined && !specification.create) {
    throw new InvalidInputError(
      `The database has no table "${specification.table}"; check its name, or add --create.`,
    )
  }
  if (table !== undefined) requireFields(table, specification)
  await requireColumns(table, specification, language)
}

async function requireFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined)
  if (found === undefined) throw new InvalidInputError(`There is no file ${file}; check its name.`)
  if (!found.isFile()) throw new InvalidInputError(`${file} is no file; name the file to import.`)
}

function requireEncoding(name: string | null): void {
  if (name === null || parseEncoding(name) !== undefined) return
  throw new InvalidInputError(
    `The encoding "${name}" is unknown; take one of ${ENCODINGS.join(', ')}.`,
  )
}

function requireFields(table: TableInfo, specification: ImportSpecification): void {
  if (table.isView) {
    throw new InvalidInputError(`${table.name} is a view, which can't be written; name a table.`)
  }
  const { key, secondKey, fields } = specification
  const names = table.columns.map((column) => column.name)
  for (const field of [...key, ...secondKey, ...Object.keys(fields)]) {
    if (names.some((name) => foldName(name) === foldName(field))) continue
    throw new InvalidInputError(
      `The table ${table.name} has no column "${field}"; it has ${names.join(', ')}.`,
    )
  }
}

/** What the head of the file tells; an empty file fits everywhere. */
async function requireColumns(
  table: TableInfo | undefined,
  specification: ImportSpecification,
  language: Language,
): Promise<void> {
  try {
    const { header } = await openImport(specification)
    const names = withoutRejectColumns(header)
    if (names.length === 0) return
    if (table !== undefined) mapColumns(names, table, specification)
    else requireKey(names, specification)
  } catch (error) {
    if (!(error instanceof JobFailure)) throw error
    const message = { code: FAILURES[error.reason], params: error.params }
    throw new InvalidInputError(messageText(language, message), { cause: error })
  }
}

function requireKey(header: string[], specification: ImportSpecification): void {
  if (!specification.header) return
  const names = [...header, ...Object.values(specification.map)]
  for (const field of [...specification.key, ...specification.secondKey]) {
    if (names.some((name) => foldName(name) === foldName(field))) continue
    throw new InvalidInputError(
      `The file has no column "${field}" for the key; it has ${header.join(', ')}.`,
    )
  }
}
