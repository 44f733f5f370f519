import { z } from 'zod'
import type { NewTable, Store, Trx } from '../db/store.ts'
import type { TableInfo } from '../db/target.ts'
import { UnusableError } from '../domain/errors.ts'
import { JobFailure, type Message } from '../domain/messages.ts'
import type { FieldOptions, ImportSpecification } from '../domain/specification.ts'
import { tableAfter } from './infer-table.ts'
import { leftOutWarning } from './left-out.ts'
import { createTable, indexKeys } from './make-table.ts'
import { finder, mapColumns, type Mapping } from './mapping.ts'
import { dialect } from './dialect/dialect.ts'
import { detection } from './dialect/read-dialect.ts'
import { tellDialect } from './dialect/tell-dialect.ts'
import type { Opening } from './opening.ts'
import type { RunPorts } from './ports.ts'
import { withoutRejectColumns } from './reject-columns.ts'

const SAMPLE_RECORDS = 10_000

/** What a run must find again when it goes on, stored with the checkpoint. */
export const importMemo = z.object({
  source: z.object({
    // Checkpoints of older versions do not know it: then the hash decides.
    dev: z.number().default(0),
    size: z.number(),
    mtimeMs: z.number(),
    ctimeMs: z.number(),
    ino: z.number(),
    gzip: z.boolean(),
  }),
  sha256: z.string().nullable(),
  ...dialect.shape,
  /** How sure it is; null in checkpoints of older versions. */
  detection: detection.nullable().default(null),
  /** The names in the file's first line, or of its columns counted; empty where the file is. */
  header: z.array(z.string()),
  /** Name and type of the fields that are filled: a table that changed these is another table. */
  fields: z.array(z.string()),
  /** Byte order mark and line of names, in Latin-1, and how lines end; null where nobody knows. */
  head: z
    .object({ mark: z.string(), line: z.string(), lineEnd: z.enum(['\n', '\r\n']) })
    .nullable()
    .default(null),
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
  const header = withoutRejectColumns(opening.header, specification, undefined)
  return tableAfter(header, sample, specification)
}

export type Preparation = Pick<RunPorts, 'announceLongStatement'> & {
  opening: Opening
  missing: NewTable | undefined
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
  { opening, missing, announceLongStatement }: Preparation,
): Promise<ImportPlan> {
  const journal = [...(specification.dryRun ? [DRY_RUN] : []), ...tellDialect(opening.memo)]
  const isMissing = missing !== undefined && (await store.describeTable(missing.name)) === undefined
  if (isMissing) journal.push(await createTable(store, trx, missing))
  const plan = await matchTable(store, specification, opening.memo)
  if (opening.header.length === 0) return { ...plan, journal }

  const { fields, leftOut, computed } = plan.mapping
  journal.push({
    code: 'TLY-1013',
    params: {
      mapped: fields.map((field) => field.name).join(', '),
      left_out: leftOut.join(', ') || '–',
    },
  })
  if (computed.length > 0) {
    journal.push({ code: 'TLY-1032', params: { columns: computed.join(', ') } })
  }
  const own = withoutRejectColumns(opening.header, specification, plan.table)
  if (own.length < opening.header.length) journal.push({ code: 'TLY-1033', params: {} })
  journal.push(...leftOutWarning(plan.mapping, specification))
  journal.push(...(await indexKeys(store, trx, plan, announceLongStatement)))
  const { name } = plan.table
  // From here on its rows can be accounted for: see `accountedTables`.
  if (!isMissing && !specification.dryRun && !(await store.hasRows(name))) {
    journal.push({ code: 'TLY-1028', params: { table: name } })
  }
  return { ...plan, table: await requireTable(store, specification.table), journal }
}

/** Who reads of a table that was made must know that it was made in a copy. */
const DRY_RUN: Message = { code: 'TLY-1016', params: {} }

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

/** @throws JobFailure where file and table don't go together */
export async function matchTable(
  store: Store,
  specification: ImportSpecification,
  memo: ImportMemo,
): Promise<ImportPlan> {
  const table = await requireTable(store, specification.table)
  const none: Mapping = { fields: [], sources: [], leftOut: [], computed: [] }
  const header = withoutRejectColumns(memo.header, specification, table)
  const mapping = memo.header.length === 0 ? none : mapColumns(header, table, specification)
  const fields = mapping.fields.map((field) => `${field.name} ${field.declared}`)
  const columnNamed = finder(table.columns, (column) => column.name)
  const named = (name: string) => columnNamed(name)?.name ?? name
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
