import { z } from 'zod'
import { readingOptions, writingOptions } from './dialect-options.ts'
import { exportFieldOptions, fieldOptions } from './fields/field-options.ts'
import { FORMAT_NAMES } from './formats.ts'
import { headOptions } from './head-options.ts'
import { columnNames, name } from '../texts/names.ts'
import { recordOptions } from './record-filter.ts'
import { tableName } from './fields/table-name.ts'

export const OPERATIONS = ['insert_or_update', 'insert', 'update', 'reconcile', 'delete'] as const
export const DOUBLES = ['update', 'ignore', 'reject'] as const
export const DUPLICATES = ['update', 'ignore', 'reject'] as const

/** The types that the columns of a created table can have. */
export const MADE_TYPES = ['text', 'integer', 'number', 'boolean', 'date', 'datetime'] as const

/** Standard output in place of a file. All other paths are absolute. */
export const STANDARD_STREAM = '-'

/** The file name shown for standard output. */
export const STANDARD_OUTPUT = 'stdout'

/**
 * What an import does. Defaults are stored with the job, so that a later version reads it the same.
 */
export const importSpecification = z.strictObject({
  path: z.string().min(1),
  /**
   * The inbox folder that must contain the file; null: any place, for paths given on the command
   * line.
   */
  beneath: z.string().nullable().default(null),
  table: tableName,
  create: z.boolean().default(false),
  key: columnNames.default([]),
  secondKey: columnNames.default([]),
  operation: z.enum(OPERATIONS),
  doubles: z.enum(DOUBLES).default('update'),
  duplicates: z.enum(DUPLICATES),
  /** Source column, by name or `#` and number → field of the table; empty: matched by name. */
  map: z.record(z.string(), name).default({}),
  /** Source columns, by name or `#` and number, that fill no field. */
  leaveOut: columnNames.default([]),
  /** Types of the fields of a table that is created; the others get what their values suggest. */
  types: z.record(z.string(), z.enum(MADE_TYPES)).default({}),
  fields: z.record(z.string(), fieldOptions).default({}),
  /** null: found out from the file. Jobs of older versions do not name it. */
  format: z.enum(FORMAT_NAMES).nullable().default('delimited'),
  ...readingOptions,
  ...headOptions,
  ...recordOptions,
  /** Fails the job if the first 100 records are all rejected. */
  stopIfAllRejected: z.boolean().default(true),
  maxRejects: z.number().int().min(0).nullable().default(null),
  trace: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  /** Whether the file is a spooled copy of standard input, deleted with the job. */
  spooled: z.boolean().default(false),
})
export type ImportSpecification = z.infer<typeof importSpecification>

export const exportSpecification = z.strictObject({
  table: tableName,
  path: z.string().min(1),
  /** The path with symbolic links resolved when the job was created; null: unknown. */
  place: z.string().nullable().default(null),
  /** Empty: all columns in the order of the table. */
  columns: z.array(name).default([]),
  fields: z.record(z.string(), exportFieldOptions).default({}),
  format: z.enum(FORMAT_NAMES).default('delimited'),
  ...writingOptions,
  header: z.boolean().default(true),
  gzip: z.boolean().default(false),
  /** Whether an existing file may be replaced; jobs stored before this option may. */
  replace: z.boolean().default(true),
})
export type ExportSpecification = z.infer<typeof exportSpecification>
