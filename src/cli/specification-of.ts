import path from 'node:path'
import { z } from 'zod'
import { InvalidInputError } from '../domain/errors.ts'
import {
  exportSpecification,
  importSpecification,
  type ExportSpecification,
  type ImportSpecification,
} from '../domain/specification.ts'

/** What commander hands over for `import`, beside what every command has. */
const importOptions = z.object({
  into: z.string(),
  create: z.boolean().optional(),
  key: z.array(z.string()).default([]),
  secondKey: z.array(z.string()).default([]),
  operation: z.string().optional(),
  doubles: z.string().optional(),
  duplicates: z.string().optional(),
  map: z.array(z.string()).default([]),
  emptyOverwrites: z.array(z.string()).default([]),
  onlyIfEmpty: z.array(z.string()).default([]),
  onlyOnInsert: z.array(z.string()).default([]),
  onError: z.array(z.string()).default([]),
  delimiter: z.string().optional(),
  encoding: z.string().optional(),
  header: z.boolean(),
  maxRejects: z.string().optional(),
  keepGoing: z.boolean().default(false),
  trace: z.boolean().optional(),
  dryRun: z.boolean().optional(),
})

const exportOptions = z.object({
  to: z.string(),
  columns: z.array(z.string()).optional(),
  delimiter: z.string().optional(),
  header: z.boolean(),
  gzip: z.boolean().optional(),
})

/** @throws InvalidInputError with the sentence for whoever typed it */
export function importSpecificationOf(file: string, given: unknown): ImportSpecification {
  const options = importOptions.parse(given)
  const operation = options.operation ?? (options.key.length > 0 ? 'insert_or_update' : 'insert')
  if (options.key.length === 0 && operation !== 'insert') {
    throw new InvalidInputError(
      `The operation ${operation} must find records: name their key, as in --key email.`,
    )
  }
  if (options.key.length === 0 && options.secondKey.length > 0) {
    throw new InvalidInputError('A second key serves records whose first is empty: name --key too.')
  }
  return check(importSpecification, {
    path: path.resolve(file),
    table: options.into,
    create: options.create,
    key: options.key,
    secondKey: options.secondKey,
    operation,
    doubles: options.doubles,
    duplicates: options.duplicates ?? (operation === 'insert' ? 'reject' : 'update'),
    map: pairs('--map', options.map, 'column=field'),
    fields: fieldOptionsOf(options),
    delimiter: delimiterOf(options.delimiter),
    encoding: options.encoding,
    header: options.header,
    stopIfAllRejected: !options.keepGoing,
    maxRejects: options.maxRejects === undefined ? undefined : wholeNumber(options.maxRejects),
    trace: options.trace,
    dryRun: options.dryRun,
  })
}

/** A name that ends in .gz asks for gzip, one in .tsv for tabs. */
export function exportSpecificationOf(table: string, given: unknown): ExportSpecification {
  const options = exportOptions.parse(given)
  const isTabbed = /\.(tsv|tab)(\.gz)?$/i.test(options.to)
  return check(exportSpecification, {
    table,
    path: path.resolve(options.to),
    columns: options.columns,
    delimiter: delimiterOf(options.delimiter) ?? (isTabbed ? '\t' : undefined),
    header: options.header,
    gzip: options.gzip ?? /\.gz$/i.test(options.to),
  })
}

function check<T>(schema: z.ZodType<T>, value: Record<string, unknown>): T {
  const given = Object.entries(value).filter(([, one]) => one !== undefined)
  const result = schema.safeParse(Object.fromEntries(given))
  if (result.success) return result.data

  const [issue] = result.error.issues
  throw new InvalidInputError(`${optionOf(issue?.path)}: ${issue?.message ?? 'wrong'}; see --help.`)
}

/** The option that a faulty part of the specification comes from. */
function optionOf(where: PropertyKey[] = []): string {
  const [name = '', inner] = where.map(String)
  const option = OPTION_NAMES[name] ?? name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)
  return inner === undefined ? `--${option}` : `--${option} ${inner}`
}

const OPTION_NAMES: Record<string, string> = { table: 'into', path: 'to', fields: 'on-error' }

type FieldLists = Pick<
  z.infer<typeof importOptions>,
  'emptyOverwrites' | 'onlyIfEmpty' | 'onlyOnInsert' | 'onError'
>

function fieldOptionsOf(lists: FieldLists): Record<string, Record<string, unknown>> {
  const fields: Record<string, Record<string, unknown>> = {}
  const put = (field: string, option: string, value: unknown) => {
    fields[field] = { ...fields[field], [option]: value }
  }
  for (const option of ['emptyOverwrites', 'onlyIfEmpty', 'onlyOnInsert'] as const) {
    for (const field of lists[option]) put(field, option, true)
  }
  const policies = pairs('--on-error', lists.onError, 'field=warn, field=reject or field=stop')
  for (const [field, policy] of Object.entries(policies)) put(field, 'onError', policy)
  return fields
}

function pairs(option: string, given: string[], form: string): Record<string, string> {
  return Object.fromEntries(
    given.map((pair) => {
      const at = pair.lastIndexOf('=')
      if (at < 1 || at === pair.length - 1) {
        throw new InvalidInputError(`"${option} ${pair}" can't be read: write it as ${form}.`)
      }
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}

const DELIMITER_NAMES: Record<string, string> = {
  tab: '\t',
  '\\t': '\t',
  comma: ',',
  semicolon: ';',
  pipe: '|',
  space: ' ',
}

function delimiterOf(given: string | undefined): string | undefined {
  return given === undefined ? undefined : (DELIMITER_NAMES[given] ?? given)
}

function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new InvalidInputError(`"${text}" is no number of rejects: write --max-rejects 100.`)
}
