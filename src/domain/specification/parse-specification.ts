import type { z } from 'zod'
import {
  requireDistinct,
  requireOneCell,
  writingOfName,
} from '../formats/delimited/delimited-options.ts'
import { FORMAT_NAMES, formatOfName } from '../formats/formats.ts'
import {
  foreignOptions,
  OWN_READING,
  OWN_WRITING,
  type OwnOptions,
} from '../formats/own-options.ts'
import { flagOf } from './flag-of.ts'
import { requireNoNul } from '../texts/nul.ts'
import { InvalidInputError } from '../words/errors.ts'
import { faultsOf } from './faults.ts'
import { pathsOf } from './stored-path.ts'
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
  if (format !== null) requireOwnOptions(given, format, OWN_READING)
  const specification = check(importSpecification, { ...given, operation, duplicates, format })
  if (specification.format === 'delimited') requireDistinct(specification)
  requireRange(specification)
  requireApart(specification)
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
  const format = given.format ?? formatOfName(path) ?? 'delimited'
  requireOwnOptions(given, format, OWN_WRITING)
  const specification = check(exportSpecification, {
    ...(format === 'delimited' ? writingOfName(path) : {}),
    ...withoutUndefined(given),
    format,
    gzip: given.gzip ?? /\.gz$/i.test(path),
  })
  if (specification.format === 'delimited') requireOneCell(specification)
  requireAllChanges(specification)
  return specification
}

/** Rows beyond the limit would be in no run. */
function requireAllChanges({ differential, mostRows }: ExportSpecification): void {
  if (differential === null || mostRows === null) return
  throw new InvalidInputError({ problem: 'differential_cut' }, { at: ['mostRows'] })
}

/** An option that only another format has would do nothing. */
function requireOwnOptions(given: Record<string, unknown>, format: unknown, own: OwnOptions): void {
  const known = FORMAT_NAMES.find((name) => name === format)
  const [foreign] = foreignOptions(withoutUndefined(given), format, own)
  if (known === undefined || foreign === undefined) return
  throw new InvalidInputError({ problem: 'not_for_format', option: flagOf(foreign), format: known })
}

/** The last record that is read is not before the first that is taken. */
function requireRange({ firstRecord, lastRecord }: ImportSpecification): void {
  if (lastRecord === null || lastRecord >= firstRecord) return
  throw new InvalidInputError({ problem: 'last_before_first' }, { at: ['lastRecord'] })
}

/** A file that is named twice would be imported twice. */
function requireApart(specification: ImportSpecification): void {
  const paths = pathsOf(specification)
  for (const path of paths) requireNoNul(path, 'path')
  const path = paths.find((one, at) => paths.indexOf(one) !== at)
  if (path !== undefined) throw new InvalidInputError({ problem: 'file_twice', path })
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
  const result = schema.safeParse(withoutUndefined(value))
  if (result.success) {
    requireNoNul(result.data.table, 'table')
    requireNoNul(result.data.path, 'path')
    return result.data
  }

  const [fault, ...others] = faultsOf(result.error)
  throw new InvalidInputError(fault?.problem ?? { problem: 'not_understood' }, {
    at: fault?.at,
    others,
    cause: result.error,
  })
}

function withoutUndefined(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined))
}
