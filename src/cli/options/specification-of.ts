import path from 'node:path'
import { z } from 'zod'
import { InvalidInputError } from '../../domain/words/errors.ts'
import {
  STANDARD_STREAM,
  type ExportSpecification,
  type ImportSpecification,
} from '../../domain/specification/specification.ts'
import {
  parseExportSpecification,
  parseImportSpecification,
} from '../../domain/specification/parse-specification.ts'
import { parseAmount } from '../../domain/texts/input-parsing.ts'
import { readingOf, writingOf } from './dialect-options.ts'

/** The options of `import` as commander returns them, besides the global ones. */
const importOptions = z.object({
  into: z.string().optional(),
  create: z.boolean().optional(),
  key: z.array(z.string()).optional(),
  secondKey: z.array(z.string()).optional(),
  operation: z.string().optional(),
  doubles: z.string().optional(),
  duplicates: z.string().optional(),
  map: z.array(z.string()).default([]),
  emptyOverwrites: z.array(z.string()).default([]),
  onlyIfEmpty: z.array(z.string()).default([]),
  onlyOnInsert: z.array(z.string()).default([]),
  onError: z.array(z.string()).default([]),
  sensitive: z.array(z.string()).optional(),
  header: z.boolean(),
  skip: z.string().optional(),
  skipLast: z.string().optional(),
  headerLines: z.string().optional(),
  columns: z.array(z.string()).optional(),
  null: z.array(z.string()).optional(),
  maxRejects: z.string().optional(),
  keepGoing: z.boolean().optional(),
  trace: z.boolean().optional(),
  dryRun: z.boolean().optional(),
})

type Parts = Record<string, unknown>

const exportOptions = z.object({
  to: z.string(),
  columns: z.array(z.string()).optional(),
  differential: z.string().optional(),
  header: z.boolean(),
  gzip: z.boolean().optional(),
  force: z.boolean().optional(),
})

/**
 * @param parts those of a specification file, which the options of the call go before
 * @throws InvalidInputError
 */
export function importSpecificationOf(
  [file = '', ...others]: string[],
  given: unknown,
  { spooled = false, parts = {} }: { spooled?: boolean; parts?: Parts } = {},
): ImportSpecification {
  const options = importOptions.parse(given)
  return parseImportSpecification({
    ...parts,
    ...named({
      path: spooled ? file : path.resolve(file),
      morePaths: others.map((one) => path.resolve(one)),
      spooled,
      table: options.into,
      create: options.create,
      key: options.key,
      secondKey: options.secondKey,
      operation: options.operation,
      doubles: options.doubles,
      duplicates: options.duplicates,
      map: { ...recordOf(parts['map']), ...pairs(options.map, 'map', 'no_map') },
      sensitiveColumns: options.sensitive,
      fields: mergedFields(recordOf(parts['fields']), fieldOptionsOf(options)),
      ...readingOf(given),
      header: unlessTrue(options.header),
      skip: amountOf(options.skip),
      skipLast: amountOf(options.skipLast),
      headerLines: amountOf(options.headerLines),
      columns: options.columns,
      nulls: options.null,
      stopIfAllRejected: options.keepGoing === true ? false : undefined,
      maxRejects: amountOf(options.maxRejects),
      trace: options.trace,
      dryRun: options.dryRun,
    }),
  })
}

/**
 * @param parts those of a specification file, which the options of the call go before
 * @throws InvalidInputError
 */
export function exportSpecificationOf(
  table: string | undefined,
  given: unknown,
  parts: Parts = {},
): ExportSpecification {
  const options = exportOptions.parse(given)
  return parseExportSpecification({
    replace: false,
    ...parts,
    ...named({
      table,
      path: options.to === STANDARD_STREAM ? options.to : path.resolve(options.to),
      columns: options.columns,
      differential: options.differential,
      ...writingOf(given),
      header: unlessTrue(options.header),
      gzip: options.gzip,
      replace: options.force,
    }),
  })
}

/** Only what was named in the call: the rest is left to the file. */
function named(options: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

/** An option that takes something away is true where nobody named it. */
function unlessTrue(option: boolean): false | undefined {
  return option ? undefined : false
}

function recordOf(part: unknown): Record<string, unknown> {
  return typeof part === 'object' && part !== null ? { ...part } : {}
}

function mergedFields(
  ofFile: Record<string, unknown>,
  ofCall: Record<string, Record<string, unknown>>,
): Record<string, unknown> {
  const fields = { ...ofFile }
  for (const [name, options] of Object.entries(ofCall)) {
    fields[name] = { ...recordOf(ofFile[name]), ...options }
  }
  return fields
}

function amountOf(text: string | undefined): number | string | undefined {
  return text === undefined ? undefined : parseAmount(text)
}

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
  const policies = pairs(lists.onError, 'fields', 'no_policy')
  for (const [field, policy] of Object.entries(policies)) put(field, 'onError', policy)
  return fields
}

function pairs(given: string[], part: string, problem: 'no_map' | 'no_policy') {
  const entries = given.map((text) => {
    const at = text.lastIndexOf('=')
    if (at < 1 || at === text.length - 1) {
      throw new InvalidInputError({ problem, text }, { at: [part] })
    }
    return [text.slice(0, at), text.slice(at + 1)] as const
  })
  return Object.fromEntries(entries)
}
