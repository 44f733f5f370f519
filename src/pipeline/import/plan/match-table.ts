import type { Store } from '../../../db/store.ts'
import type { RowAct, TableInfo } from '../../../domain/records/table.ts'
import { UnusableError } from '../../../domain/words/errors.ts'
import { JobFailure } from '../../../domain/words/failures.ts'
import type { Message } from '../../../domain/words/messages.ts'
import {
  DEFAULT_FIELD_OPTIONS,
  type FieldOptions,
} from '../../../domain/specification/fields/field-options.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { ResumeState } from '../opening/resume-state.ts'
import type { RecordReading, SourceReader } from '../../formats/source-reader.ts'
import { sourceReaderOf } from '../../known-formats.ts'
import { finder } from '../../values/find-name.ts'
import { requireLookups } from './require-lookups.ts'
import { mapColumns, type Mapping } from './mapping.ts'
import { checkOf, type ValueCheck } from '../fields/check-value.ts'
import { recordFilter } from '../fields/filter-records.ts'
import { calculationOf, expressionsOf, type Calculation } from '../fields/calculation.ts'
import { maskOf, type PlanMask } from '../fields/mask-record.ts'
import { preparationOf, type ValuePreparation } from '../fields/prepare-value.ts'
import { columnFinder, sensitiveColumns } from '../fields/source-names.ts'
import { withoutRejectColumns } from '../../formats/reject-columns.ts'

export type ImportPlan = {
  memo: ResumeState
  reader: SourceReader
  table: TableInfo
  mapping: Mapping
  options: FieldOptions[]
  /** What makes or changes the text of each of the fields before its cast. */
  preparations: (ValuePreparation | undefined)[]
  /** Own checks of each of the fields that need no database. */
  checks: (ValueCheck | undefined)[]
  /** Whether the job takes a record: by its number, then by what it says. */
  isWanted(place: { record: number }, reading?: Pick<RecordReading, 'fields'>): boolean
  mask: PlanMask | undefined
  /** The expressions to calculate, and the columns over which; undefined if there are none. */
  calculation: Calculation | undefined
  /** The key names in the spelling of the table. */
  key: string[]
  secondKey: string[]
  /** Texts that mean NULL. */
  nulls: ReadonlySet<string>
  journal: Message[]
}

/** @throws JobFailure `target_changed` if the fields differ from those of the earlier run */
export async function replanImport(
  store: Store,
  specification: ImportSpecification,
  memo: ResumeState,
): Promise<ImportPlan> {
  const plan = await matchTable(store, specification, memo)
  const [before, now] = [memo.fields.join(', '), plan.memo.fields.join(', ')]
  if (before !== now) {
    throw new JobFailure('target_changed', { table: specification.table, before, now })
  }
  return plan
}

/** @throws JobFailure if file and table do not match */
export async function matchTable(
  store: Store,
  specification: ImportSpecification,
  memo: ResumeState,
): Promise<ImportPlan> {
  const table = await requireTable(store, specification)
  await requireLookups(store, table.name, specification)
  const none: Mapping = { fields: [], sources: [], leftOut: [], omitted: [], computed: [] }
  const header = withoutRejectColumns(memo.header, specification, table)
  const mapping = memo.header.length === 0 ? none : mapColumns(header, table, specification)
  return planOf(table, mapping, { specification, memo })
}

/** The plan of an import whose columns are matched. */
export function planOf(
  table: TableInfo,
  mapping: Mapping,
  { specification, memo }: { specification: ImportSpecification; memo: ResumeState },
): ImportPlan {
  const fields = mapping.fields.map((field) => `${field.name} ${field.declared}`)
  const columnNamed = finder(table.columns, (column) => column.name)
  const named = (name: string) => columnNamed(name)?.name ?? name
  const byName = new Map(
    Object.entries(specification.fields).map(([name, options]) => [named(name), options]),
  )
  const nulls = new Set(specification.nulls)
  const header = withoutRejectColumns(memo.header, specification, table)
  const secret = sensitiveColumns(header, specification)
  const options = mapping.fields.map((field, at) => {
    const given = byName.get(field.name) ?? DEFAULT_FIELD_OPTIONS
    return secret.has(mapping.sources[at] ?? -1) ? { ...given, sensitive: true } : given
  })
  const expressions = expressionsOf(options)
  const making = {
    columnNamed: columnFinder(header, specification),
    nulls,
    stamps: memo.stamps,
    expressions,
  }
  const reader = sourceReaderOf(memo)
  const keys = [...specification.key, ...specification.secondKey].map(named)
  const filled = mapping.fields.map((column, at) => ({
    name: column.name,
    column,
    source: mapping.sources[at] ?? -1,
    options: options[at] ?? DEFAULT_FIELD_OPTIONS,
  }))
  const isTaken = recordFilter(header, specification, filled)
  return {
    memo: { ...memo, fields },
    reader,
    calculation: calculationOf(header, specification, expressions),
    mask: maskOf({ reader, header, specification, fields: filled, keys }),
    table,
    mapping,
    options,
    preparations: mapping.fields.map((field, at) =>
      preparationOf(options[at] ?? DEFAULT_FIELD_OPTIONS, field, making),
    ),
    checks: filled.map(({ column, options }) => checkOf(column, options)),
    isWanted: (place, reading) =>
      reading === undefined
        ? place.record >= specification.firstRecord
        : (isTaken?.(reading) ?? true),
    key: specification.key.map(named),
    secondKey: specification.secondKey.map(named),
    nulls,
    journal: [],
  }
}

/** @throws JobFailure `target_missing`, or UnusableError for a view that cannot be written so */
export async function requireTable(
  store: Store,
  specification: ImportSpecification,
): Promise<TableInfo> {
  const { table: name } = specification
  const table = await store.tables.describe(store.db, name)
  if (table === undefined) throw new JobFailure('target_missing', { table: name })
  requireWritable(table, specification)
  return table
}

/** @throws UnusableError */
export function requireWritable(
  { name: table, isView, viewTakes = [] }: TableInfo,
  specification: ImportSpecification,
): void {
  if (!isView) return
  if (viewTakes.length === 0) throw new UnusableError({ problem: 'is_view', table })
  const right = actsOf(specification).find((act) => !viewTakes.includes(act))
  if (right !== undefined) throw new UnusableError({ problem: 'view_without', table, right })
}

function actsOf({ operation, key, doubles, duplicates }: ImportSpecification): RowAct[] {
  switch (operation) {
    case 'insert':
      return key.length > 0 && [doubles, duplicates].includes('update')
        ? ['INSERT', 'UPDATE']
        : ['INSERT']
    case 'insert_or_update':
      return ['INSERT', 'UPDATE']
    case 'update':
      return ['UPDATE']
    case 'delete':
      return ['DELETE']
    case 'reconcile':
      return []
  }
}
