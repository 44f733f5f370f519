import { keyReader } from '../../../domain/reconcile/key.ts'
import type { Row, WritePlan } from '../../../domain/records/record.ts'
import { quoteName } from '../ground/names.ts'
import { copiedRows, copyBytes } from '../statements/copy-bytes.ts'
import { rowFit } from '../statements/staging.ts'
import type { TableShape } from '../statements/shape.ts'
import type { CatalogColumn } from '../tables/read-columns.ts'
import { refersToItself } from './references/self-references.ts'
import { isLeftToDefault } from '../statements/statements.ts'

/** Records that one COPY takes, since they leave the same fields to defaults. */
export type CopyGroup = {
  /** The indexes of its fields. */
  at: number[]
  fields: CatalogColumn[]
  columns: string
  bytes: Buffer
  rows: Row[]
}

/** @param at the indexes of the fields that the records fill */
export function copyGroup(shape: TableShape, rows: Row[], at: number[]): CopyGroup {
  const fields = at.flatMap((index) => shape.fields[index] ?? [])
  const columns = fields.map(({ name }) => quoteName(name)).join(', ')
  const values = rows.map((row) => row.values)
  return { at, fields, columns, rows, bytes: copyBytes(shape, values, at) }
}

/** Those of the records that are wanted, from the bytes of all. */
export function copyGroupOf(group: CopyGroup, isWanted: (row: Row) => boolean): CopyGroup {
  const { rows, bytes } = group
  const wanted = rows.map(isWanted)
  return {
    ...group,
    rows: rows.filter((_, at) => wanted[at]),
    bytes: copiedRows(bytes, (at) => wanted[at] === true),
  }
}

/** The records of a chunk that are expected to be new, ready to be sent, and the others. */
export type ExpectedChunk = { rows: Row[]; groups: CopyGroup[]; others: Row[] }

/**
 * Finds the records that can be inserted without a look at the table, since a unique constraint on
 * the key refuses those that exist. Undefined where the plan or the table want each looked at.
 */
export function expectedNew(
  plan: WritePlan,
  shape: TableShape,
): ((rows: Row[]) => ExpectedChunk) | undefined {
  const required = requiredFields(plan)
  if (!canExpect(plan, shape) || required.includes(-1)) return undefined
  const keyOf = keyReader(plan)
  const isFit = rowFit(shape)
  const defaults = shape.fields.flatMap(({ defaultSql }, at) => (defaultSql === null ? [] : [at]))

  const isExpected = (row: Row) => {
    const { values, source } = row
    if (!isFit(row) || source.attempt !== 'first' || keyOf(row) === 'empty') return false
    for (const at of required) if ((values[at] ?? null) === null) return false
    return true
  }
  const leftOut = ({ values }: Row) =>
    defaults.filter((at) => isLeftToDefault(plan, shape.fields[at], values[at], at)).join()
  const groupsOf = (rows: Row[]): [string, Row[]][] => {
    if (defaults.length === 0) return rows.length === 0 ? [] : [['', rows]]
    if (!shape.hasSequence) return [...Map.groupBy(rows, leftOut)]
    const groups: [string, Row[]][] = []
    for (const row of rows) {
      const out = leftOut(row)
      const last = groups.at(-1)
      if (last?.[0] === out) last[1].push(row)
      else groups.push([out, [row]])
    }
    return groups
  }
  const groupOf = ([out, rows]: [string, Row[]]): CopyGroup => {
    const left = new Set(out === '' ? [] : out.split(',').map(Number))
    const at = shape.fields.flatMap((_, index) => (left.has(index) ? [] : [index]))
    return copyGroup(shape, rows, at)
  }

  return (all) => {
    const rows: Row[] = []
    const others: Row[] = []
    for (const row of all) (isExpected(row) ? rows : others).push(row)
    return { rows, others, groups: groupsOf(rows).map(groupOf) }
  }
}

function canExpect({ operation, key, secondKey }: WritePlan, shape: TableShape): boolean {
  if (operation !== 'insert' && operation !== 'insert_or_update') return false
  if (!shape.isPlain || shape.hasTriggers || secondKey.length > 0) return false
  // Rows of one statement may refer to each other, whatever their order.
  if (refersToItself(shape)) return false
  // A COPY needs a column.
  if (shape.fields.every(({ defaultSql }) => defaultSql !== null)) return false
  return (
    key.length === 0 || shape.uniqueKeys.some((unique) => unique.every((one) => key.includes(one)))
  )
}

/** Indexes of the fields that each record must fill; -1 for one that no record fills. */
function requiredFields({ table, fields }: WritePlan): number[] {
  return table.columns.flatMap(({ name, nullable, defaultSql, generated }) =>
    nullable || generated || defaultSql !== null ? [] : [fields.indexOf(name)],
  )
}
