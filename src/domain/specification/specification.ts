import { z } from 'zod'
import { readingOptions, writingOptions } from './dialect-options.ts'
import { FORMAT_NAMES } from './formats.ts'
import { headOptions } from './head-options.ts'
import { columnNames, name } from '../texts/names.ts'
import type { SpecificationProblem } from './specification-problems.ts'

export const OPERATIONS = ['insert_or_update', 'insert', 'update', 'reconcile', 'delete'] as const
export const DOUBLES = ['update', 'ignore', 'reject'] as const
export const DUPLICATES = ['update', 'ignore', 'reject'] as const
export const ERROR_POLICIES = ['warn', 'reject', 'stop'] as const

const says = (problem: SpecificationProblem) => ({ message: problem })

/** In the place of a file: standard output. All other paths are absolute. */
export const STANDARD_STREAM = '-'

/** What standard output is called where a file is named. */
export const STANDARD_OUTPUT = 'stdout'

const fieldOptions = z.strictObject({
  emptyOverwrites: z.boolean().default(false),
  onlyIfEmpty: z.boolean().default(false),
  onlyOnInsert: z.boolean().default(false),
  onError: z.enum(ERROR_POLICIES).default('reject'),
})
export type FieldOptions = z.infer<typeof fieldOptions>

/** Tallyman's own tables are not a user's; a name that SQLite keeps for itself can't be made. */
const tableName = name.refine((text) => !/^(tallyman|sqlite)_/i.test(text), says('reserved_name'))

/** What an import does. Defaults are filled in when the job is created, so that a job reads the same for ever. */
export const importSpecification = z.strictObject({
  path: z.string().min(1),
  /** The inbox folder that the file must lie in; null: anywhere, as whoever types a path may say. */
  beneath: z.string().nullable().default(null),
  table: tableName,
  create: z.boolean().default(false),
  key: columnNames.default([]),
  secondKey: columnNames.default([]),
  operation: z.enum(OPERATIONS),
  doubles: z.enum(DOUBLES).default('update'),
  duplicates: z.enum(DUPLICATES),
  /** Column of the source, or `#` and its number → field of the table; empty: by name. */
  map: z.record(z.string(), name).default({}),
  fields: z.record(z.string(), fieldOptions).default({}),
  /** null: found out from the file. Jobs of older versions do not name it. */
  format: z.enum(FORMAT_NAMES).nullable().default('delimited'),
  ...readingOptions,
  ...headOptions,
  /** Stop when the first 100 records are all rejected. */
  stopIfAllRejected: z.boolean().default(true),
  maxRejects: z.number().int().min(0).nullable().default(null),
  trace: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  /** Whether the file is a copy of standard input that was made for this job, and goes with it. */
  spooled: z.boolean().default(false),
})
export type ImportSpecification = z.infer<typeof importSpecification>

export const exportSpecification = z.strictObject({
  table: tableName,
  path: z.string().min(1),
  /** The same path without links, as they were when the job was made; null: not known. */
  place: z.string().nullable().default(null),
  /** Empty: all columns, in the table's order. */
  columns: z.array(name).default([]),
  format: z.enum(FORMAT_NAMES).default('delimited'),
  ...writingOptions,
  header: z.boolean().default(true),
  gzip: z.boolean().default(false),
  /** Whether a file of this name may be replaced; who stored none of it was never asked. */
  replace: z.boolean().default(true),
})
export type ExportSpecification = z.infer<typeof exportSpecification>
