import type { z } from 'zod'
import { NO_CHARACTER } from './dialect-options.ts'
import { formatOfName } from './formats.ts'
import { requireNoNul } from '../texts/nul.ts'
import { InvalidInputError } from '../words/errors.ts'
import { faultsOf } from './faults.ts'
import {
  exportSpecification,
  importSpecification,
  type ExportSpecification,
  type ImportSpecification,
} from './specification.ts'

/** Unchecked input; parts that are undefined get their defaults. */
type Given<Specification> = { [Part in keyof Specification]?: unknown }

/**
 * Checks the specification of an import and fills in its defaults.
 *
 * `operation` defaults to `insert_or_update` with a key and `insert` without one; `duplicates`
 * defaults to `reject` for `insert`, otherwise to `update`. `format`
 * defaults to the one that the file's name tells, else to the one that is found in the file.
 * @throws InvalidInputError
 */
export function parseImportSpecification(given: Given<ImportSpecification>): ImportSpecification {
  const hasKey = isFilled(given.key)
  const operation = given.operation ?? (hasKey ? 'insert_or_update' : 'insert')
  if (!hasKey && operation !== 'insert') {
    throw new InvalidInputError(
      { problem: 'no_key', operation: typeof operation === 'string' ? operation : '?' },
      { at: ['key'] },
    )
  }
  if (!hasKey && isFilled(given.secondKey)) {
    throw new InvalidInputError({ problem: 'second_key_alone' }, { at: ['key'] })
  }
  requireOneHeader(given)
  const duplicates = given.duplicates ?? (operation === 'insert' ? 'reject' : 'update')
  const format = given.format ?? formatOfName(pathOf(given)) ?? null
  const specification = check(importSpecification, { ...given, operation, duplicates, format })
  requireDistinct(specification)
  requireRange(specification)
  return specification
}

/**
 * Checks the specification of an export and fills in its defaults: gzip for a path that ends in
 * .gz, tabs for .tsv or .tab, and the
 * format that its name tells.
 * @throws InvalidInputError
 */
export function parseExportSpecification(given: Given<ExportSpecification>): ExportSpecification {
  const path = pathOf(given)
  const specification = check(exportSpecification, {
    ...given,
    format: given.format ?? formatOfName(path),
    delimiter: given.delimiter ?? (/\.(tsv|tab)(\.gz)?$/i.test(path) ? '\t' : undefined),
    gzip: given.gzip ?? /\.gz$/i.test(path),
  })
  if (specification.nullText?.includes(specification.delimiter) === true) {
    throw new InvalidInputError({ problem: 'no_null_text' }, { at: ['nullText'] })
  }
  return specification
}

/**
 * Each special character has one meaning only; but an escape equal to the quote means doubled
 * quotes.
 */
function requireDistinct(specification: ImportSpecification): void {
  const { delimiter, quote, escape, comment, recordEnd } = specification
  const marks = { delimiter, quote, escape: escape === quote ? null : escape, comment, recordEnd }
  const seen = new Set<string>()
  for (const [part, text] of Object.entries(marks)) {
    if (text === null || text === NO_CHARACTER) continue
    if (seen.has(text)) {
      throw new InvalidInputError({ problem: 'same_character', text }, { at: [part] })
    }
    seen.add(text)
  }
}

/** The last record that is read is not before the first that is taken. */
function requireRange({ firstRecord, lastRecord }: ImportSpecification): void {
  if (lastRecord === null || lastRecord >= firstRecord) return
  throw new InvalidInputError({ problem: 'last_before_first' }, { at: ['lastRecord'] })
}

/** Column names come either from the header or from `columns`. */
function requireOneHeader({ header, headerLines, columns }: Given<ImportSpecification>): void {
  const isRead = typeof headerLines === 'number'
  if (isRead && (header === false || isFilled(columns))) {
    throw new InvalidInputError({ problem: 'header_twice' }, { at: ['headerLines'] })
  }
}

function pathOf({ path }: { path?: unknown }): string {
  return typeof path === 'string' ? path : ''
}

function isFilled(names: unknown): boolean {
  return Array.isArray(names) && names.length > 0
}

function check<T extends { table: string; path: string }>(
  schema: z.ZodType<T>,
  value: Record<string, unknown>,
): T {
  const given = Object.entries(value).filter(([, one]) => one !== undefined)
  const result = schema.safeParse(Object.fromEntries(given))
  if (result.success) {
    requireNoNul(result.data.table, 'table')
    requireNoNul(result.data.path, 'path')
    return result.data
  }

  const [fault] = faultsOf(result.error)
  throw new InvalidInputError(fault?.problem ?? { problem: 'not_understood' }, {
    at: fault?.at,
    cause: result.error,
  })
}
