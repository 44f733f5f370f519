import { z } from 'zod'
import type { NewTable, Store, Trx } from '../db/store.ts'
import type { TableInfo } from '../db/target.ts'
import { UnusableError } from '../domain/errors.ts'
import { JobFailure, type Message } from '../domain/messages.ts'
import type { FieldOptions, ImportSpecification } from '../domain/specification.ts'
import { tableAfter } from './infer-table.ts'
import { foldName, mapColumns, withoutRejectColumns, type Mapping } from './mapping.ts'
import { ENCODINGS } from './encoding.ts'
import type { Opening } from './opening.ts'

const SAMPLE_RECORDS = 10_000

/** What a run must find again when it goes on, stored with the checkpoint. */
export const importMemo = z.object({
  source: z.object({
    size: z.number(),
    mtimeMs: z.number(),
    ctimeMs: z.number(),
    ino: z.number(),
    gzip: z.boolean(),
  }),
  sha256: z.string().nullable(),
  encoding: z.enum(ENCODINGS),
  delimiter: z.string(),
  /** The names in the file's first line, or of its columns counted; empty where the file is. */
  header: z.array(z.string()),
  /** Name and type of the fields that are filled: a table that changed these is another table. */
  fields: z.array(z.string()),
  /** Records that were postponed, once the file was read to its end. */
  postponed: z.number().nullable().default(null),
})
export type ImportMemo = z.infer<typeof importMemo>

export type ImportPlan = {
  memo: ImportMemo
  table: TableInfo
  mapping: Mapping
  options: FieldOptions[]
  /** Names of the specification as the table writes them. */
  key: string[]
  secondKey: string[]
  journal: Message[]
}

const DEFAULT_OPTIONS: FieldOptions = {
  emptyOverwrites: false,
  onlyIfEmpty: false,
  onlyOnInsert: false,
  onError: 'reject',
}

/**
 * The table that shall be made, where there is none. It is looked for in the file before the
 * transaction: a file that is slow to read must not keep everybody from writing.
 * @throws UnusableError where the file is empty
 */
export async function missingTable(
  store: Store,
  specification: ImportSpecification,
  opening: Opening,
): Promise<NewTable | undefined> {
  if (!specification.create) return undefined
  if ((await store.describeTable(specification.table)) !== undefined) return undefined
  if (opening.header.length === 0) {
    throw new UnusableError({ problem: 'empty_file', path: specification.path })
  }
  const sample = await opening.sample(SAMPLE_RECORDS)
  return tableAfter(withoutRejectColumns(opening.header), sample, specification)
}

/**
 * Makes ready what the first batch needs: the table that is missing, unless somebody made it
 * meanwhile, and the index of a key that has none.
 * @throws JobFailure where file and table don't go together
 */
export async function planImport(
  store: Store,
  trx: Trx,
  specification: ImportSpecification,
  { opening, missing }: { opening: Opening; missing: NewTable | undefined },
): Promise<ImportPlan> {
  const journal = [...(specification.dryRun ? [DRY_RUN] : []), readingOf(opening)]
  if (missing !== undefined && (await store.describeTable(missing.name)) === undefined) {
    journal.push(await createTable(store, trx, missing))
  }
  const plan = await matchTable(store, specification, opening.memo)
  if (opening.header.length === 0) return { ...plan, journal }

  journal.push({
    code: 'TLY-1013',
    params: {
      mapped: plan.mapping.fields.map((field) => field.name).join(', '),
      left_out: plan.mapping.leftOut.join(', ') || '–',
    },
  })
  for (const key of [plan.key, plan.secondKey]) {
    if (key.length > 0 && !hasIndex(plan.table, key)) {
      journal.push(await createIndex(store, trx, plan.table, key))
    }
  }
  return { ...plan, table: await requireTable(store, specification.table), journal }
}

/** Who reads of a table that was made must know that it was made in a copy. */
const DRY_RUN: Message = { code: 'TLY-1016', params: {} }

/** What was found out about the file, so that nobody has to guess why its text looks as it does. */
function readingOf({ memo, header }: Opening): Message {
  const { encoding, delimiter } = memo
  return {
    code: 'TLY-1022',
    params: {
      encoding,
      delimiter: delimiter === '\t' ? '\\t' : delimiter,
      columns: header.join(', ') || '–',
    },
  }
}

/** @throws JobFailure `target_changed` where the fields are not those of the earlier run */
export async function replanImport(
  store: Store,
  specification: ImportSpecification,
  memo: ImportMemo,
): Promise<ImportPlan> {
  const plan = await matchTable(store, specification, memo)
  const [before, now] = [memo.fields.join(', '), plan.memo.fields.join(', ')]
  if (before !== now) {
    throw new JobFailure('target_changed', { table: specification.table, before, now })
  }
  return plan
}

async function matchTable(
  store: Store,
  specification: ImportSpecification,
  memo: ImportMemo,
): Promise<ImportPlan> {
  const table = await requireTable(store, specification.table)
  const none: Mapping = { fields: [], sources: [], leftOut: [] }
  const mapping =
    memo.header.length === 0
      ? none
      : mapColumns(withoutRejectColumns(memo.header), table, specification)
  const fields = mapping.fields.map((field) => `${field.name} ${field.declared}`)
  const named = (name: string) =>
    table.columns.find((column) => foldName(column.name) === foldName(name))?.name ?? name
  const byName = new Map(
    Object.entries(specification.fields).map(([name, options]) => [named(name), options]),
  )
  return {
    memo: { ...memo, fields },
    table,
    mapping,
    options: mapping.fields.map((field) => byName.get(field.name) ?? DEFAULT_OPTIONS),
    key: specification.key.map(named),
    secondKey: specification.secondKey.map(named),
    journal: [],
  }
}

async function requireTable(store: Store, name: string): Promise<TableInfo> {
  const table = await store.describeTable(name)
  if (table === undefined) throw new JobFailure('target_missing', { table: name })
  if (table.isView) throw new UnusableError({ problem: 'is_view', table: name })
  return table
}

async function createTable(store: Store, trx: Trx, table: NewTable): Promise<Message> {
  await store.createTable(trx, table)
  const columns = table.columns.map((column) => `${column.name} ${column.type}`).join(', ')
  return { code: 'TLY-1015', params: { table: table.name, columns } }
}

async function createIndex(
  store: Store,
  trx: Trx,
  table: TableInfo,
  columns: string[],
): Promise<Message> {
  const index = await store.createIndex(trx, table.name, columns)
  return { code: 'TLY-1014', params: { index, table: table.name, columns: columns.join(', ') } }
}

/** An index serves a key whose columns are its first, in any order. */
function hasIndex({ indexes }: TableInfo, key: string[]): boolean {
  return indexes.some((index) => {
    const head = index.slice(0, key.length)
    return head.length === key.length && key.every((column) => head.includes(column))
  })
}
