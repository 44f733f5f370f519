import type { ColumnInfo } from '../../../domain/records/table.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { UnusableError } from '../../../domain/words/errors.ts'
import type { Message } from '../../../domain/words/messages.ts'
import { withoutRejectColumns } from '../../formats/reject-columns.ts'
import type { Calculation } from '../fields/calculation.ts'
import type { RecordMask } from '../fields/mask-record.ts'
import { fileOfRecord, memoOfFile } from '../opening/files-of-memo.ts'
import { named } from '../opening/in-file.ts'
import { foldName } from '../../values/find-name.ts'
import { mapColumns, type Mapping } from '../plan/mapping.ts'
import { withKnownSensitive } from '../fields/source-names.ts'
import { planOf, type ImportPlan } from '../plan/match-table.ts'

/**
 * The plan for the records of each file. All fill the same fields in the same order; the column that
 * fills one is found by name in each file.
 */
export function plansOf(
  plan: ImportPlan,
  specification: ImportSpecification,
): (record: number) => ImportPlan {
  if (plan.memo.others.length === 0) return () => plan
  const plans = new Map<number, ImportPlan>()
  return (record) => {
    const file = fileOfRecord(plan.memo, record)
    const own = plans.get(file) ?? planOfFile(plan, specification, file)
    plans.set(file, own)
    return own
  }
}

/**
 * Checks that each further file has the columns of the first that fill a field, and warns of those
 * that only it has: nothing is filled with them.
 * @throws UnusableError that names the file
 */
export function requireAlike(plan: ImportPlan, specification: ImportSpecification): Message[] {
  return plan.memo.others.flatMap((_, at) => requireFileAlike(plan, specification, at + 1))
}

/** The same for one file. @throws UnusableError */
export function requireFileAlike(
  plan: ImportPlan,
  specification: ImportSpecification,
  file: number,
): Message[] {
  const path = plan.memo.others[file - 1]?.name ?? ''
  const { mapping } = planOfFile(plan, specification, file)
  const known = new Set(plan.mapping.leftOut.map(foldName))
  const columns = mapping.leftOut.filter((name) => !known.has(foldName(name))).join(', ')
  return columns === '' ? [] : [{ code: 'TLY-1147', params: { path, columns } }]
}

function planOfFile(
  plan: ImportPlan,
  specification: ImportSpecification,
  file: number,
): ImportPlan {
  const { table } = plan
  const memo = memoOfFile(plan.memo, file)
  // An empty file has no records.
  if (memo.header.length === 0) return plan
  const path = plan.memo.others[file - 1]?.name ?? plan.memo.name ?? ''
  const header = withoutRejectColumns(memo.header, specification, table)
  try {
    const known = withKnownSensitive(header, specification)
    const found = mapColumns(header, table, known)
    const names = { path, first: plan.memo.name ?? '' }
    const mapping = inOrderOf(plan.mapping, found, names)
    const own = planOf(table, mapping, { specification: known, memo })
    const calculation = givenAs(plan.calculation, own.calculation, names)
    return { ...own, calculation }
  } catch (error) {
    throw named(path, error)
  }
}

type Names = { path: string; first: string }

/** The same fields in the order of the first file; what only this one has fills nothing. */
function inOrderOf(first: Mapping, found: Mapping, names: Names): Mapping {
  const columnOf = new Map(found.fields.map(({ name }, at) => [name, found.sources[at] ?? -1]))
  const isMissing = ({ name }: ColumnInfo) => !columnOf.has(name)
  const missing = first.fields.filter(isMissing).map(({ name }) => name)
  if (missing.length > 0) {
    throw new UnusableError({ problem: 'lacks_columns', columns: missing.join(', '), ...names })
  }
  const wanted = new Set(first.fields.map(({ name }) => name))
  const others = found.fields.map(({ name }) => name).filter((name) => !wanted.has(name))
  return {
    ...found,
    fields: first.fields,
    sources: first.fields.map(({ name }) => columnOf.get(name) ?? -1),
    leftOut: [...found.leftOut, ...others],
  }
}

/** The script thread knows the columns in the order of the first file. */
function givenAs(
  first: Calculation | undefined,
  own: Calculation | undefined,
  names: Names,
): Calculation | undefined {
  if (first === undefined || own === undefined) return first
  const places = first.names.map((name) => own.names.findIndex((one) => isSame(one, name)))
  const missing = first.names.filter((name, at) => places[at] === -1 && isIn(first, name))
  if (missing.length > 0) {
    throw new UnusableError({ problem: 'lacks_columns', columns: missing.join(', '), ...names })
  }
  return {
    ...first,
    valuesOf(reading) {
      const values = own.valuesOf(reading)
      return places.map((at) => values[at] ?? '')
    },
  }
}

function isSame(one: string, other: string): boolean {
  return foldName(one) === foldName(other)
}

function isIn({ sources }: Calculation, name: string): boolean {
  return sources.some((source) => source.includes(name))
}

/** The mask for each record, as its own file is written. */
export function maskFor(
  { mask }: ImportPlan,
  planOfRecord: (record: number) => ImportPlan,
): RecordMask | undefined {
  if (mask === undefined) return undefined
  const maskOf = (record: number) => planOfRecord(record).mask ?? mask
  return {
    raw: (source, isReadable) => maskOf(source.record).raw(source, isReadable),
    violation: (source, violation) => maskOf(source.record).violation(source, violation),
  }
}
