import { z } from 'zod'
import {
  delimitedReading,
  delimitedWriting,
  USUAL_READING,
} from '../formats/delimited/delimited-options.ts'
import { FORMAT_NAMES } from '../formats/formats.ts'
import { impliedFormat, OWN_READING, OWN_WRITING, withoutForeign } from '../formats/own-options.ts'
import { exportFieldOptions, fieldOptions } from './fields/field-options.ts'
import { headOptions } from './head-options.ts'
import { columnNames, name } from '../texts/names.ts'
import { recordOptions } from './record-filter.ts'
import { rowSelection } from './row-selection.ts'
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

/** Each checkpoint stores how every file is read. */
export const MOST_FILES = 100

/** The formats that have no options of their own. */
const PLAIN_FORMATS = z.enum(FORMAT_NAMES).exclude(['delimited'])

/** The options of an import of any format. */
const ofImports = {
  path: z.string().min(1),
  /** Further files of the same format, whose records follow those of the first. */
  morePaths: z
    .array(z.string().min(1))
    .max(MOST_FILES - 1)
    .default([]),
  /**
   * The inbox folder that must contain the file; null: any place, for paths given on the command
   * line.
   */
  beneath: z.string().nullable().default(null),
  /** The same for each of the further files; empty: they lie where the first one does. */
  moreBeneath: z
    .array(z.string().nullable())
    .max(MOST_FILES - 1)
    .default([]),
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
  /** Source columns, by name or `#` and number, whose values are masked, whatever they fill. */
  sensitiveColumns: columnNames.default([]),
  /** Types of the fields of a table that is created; the others get what their values suggest. */
  types: z.record(z.string(), z.enum(MADE_TYPES)).default({}),
  fields: z.record(z.string(), fieldOptions).default({}),
  encoding: z.string().nullable().default(null),
  ...headOptions,
  ...recordOptions,
  /** Fails the job if the first 100 records are all rejected. */
  stopIfAllRejected: z.boolean().default(true),
  maxRejects: z.number().int().min(0).nullable().default(null),
  trace: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  /** Whether the file is a spooled copy of standard input, deleted with the job. */
  spooled: z.boolean().default(false),
}

const importByFormat = z.discriminatedUnion('format', [
  z.strictObject({ ...ofImports, format: z.literal('delimited'), ...delimitedReading }),
  z.strictObject({ ...ofImports, format: PLAIN_FORMATS }),
  z.strictObject({ ...ofImports, format: z.null() }),
])
/** The parts of an import, each by itself: which of them belong together is not asked. */
export const importParts = z
  .strictObject({ ...ofImports, format: z.enum(FORMAT_NAMES).nullable(), ...delimitedReading })
  .partial()
/** Before the defaults are filled in. */
export type GivenImport = z.input<typeof importByFormat>

/**
 * What an import does, with the options of its format. Defaults are stored with the job, so that a
 * later version reads it the same. Without a format, it is found out from the file; an option that
 * only one format has says that it is this one.
 */
export const importSpecification = z.preprocess((given) => {
  if (!isObject(given)) return given
  // Jobs of older versions do not name it.
  const { format: said = 'delimited' } = given
  const format = said ?? impliedFormat(given, OWN_READING) ?? null
  return { ...withoutForeign(given, format, OWN_READING), format }
}, importByFormat)
export type ImportSpecification = z.infer<typeof importSpecification>
export type DelimitedImport = Extract<ImportSpecification, { format: 'delimited' }>

/** The options of an export to any format. */
const ofExports = {
  table: tableName,
  path: z.string().min(1),
  /** The path with symbolic links resolved when the job was created; null: unknown. */
  place: z.string().nullable().default(null),
  /** Empty: all columns in the order of the table. */
  columns: z.array(name).default([]),
  fields: z.record(z.string(), exportFieldOptions).default({}),
  ...rowSelection,
  encoding: z.string().default('utf-8'),
  header: z.boolean().default(true),
  gzip: z.boolean().default(false),
  /** Whether an existing file may be replaced; jobs stored before this option may. */
  replace: z.boolean().default(true),
}

const exportByFormat = z.discriminatedUnion('format', [
  z.strictObject({ ...ofExports, format: z.literal('delimited'), ...delimitedWriting }),
  z.strictObject({ ...ofExports, format: PLAIN_FORMATS }),
])
/** The same of an export. */
export const exportParts = z
  .strictObject({ ...ofExports, format: z.enum(FORMAT_NAMES), ...delimitedWriting })
  .partial()
/** Before the defaults are filled in. */
export type GivenExport = z.input<typeof exportByFormat>

/** What an export does, with the options of its format. */
export const exportSpecification = z.preprocess((given) => {
  if (!isObject(given)) return given
  const { format = 'delimited' } = given
  return { ...withoutForeign(given, format, OWN_WRITING), format }
}, exportByFormat)
export type ExportSpecification = z.infer<typeof exportSpecification>
export type DelimitedExport = Extract<ExportSpecification, { format: 'delimited' }>

/** The specification of a source that is read as delimited text, whether or not that was said. */
export function asDelimited(specification: ImportSpecification): DelimitedImport {
  return specification.format === 'delimited'
    ? specification
    : { ...specification, ...USUAL_READING, format: 'delimited' }
}

function isObject(given: unknown): given is Record<string, unknown> {
  return typeof given === 'object' && given !== null
}
