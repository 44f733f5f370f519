import type { Store } from '../../db/store.ts'
import { foldName } from '../../pipeline/values/find-name.ts'
import type { Encoding } from '../../pipeline/encodings/encoding-names.ts'
import type { SourceColumn } from '../../pipeline/formats/inspection/opened-record.ts'
import { memoOfRecord } from '../../pipeline/import/opening/files-of-memo.ts'
import { columnsUsed } from '../../pipeline/import/fields/made-fields.ts'
import { sourceColumns } from '../../pipeline/import/plan/source-columns.ts'
import { refusing } from '../../pipeline/refusing.ts'
import { openCheck, type CorrectionCheck } from '../../pipeline/repair/check-corrections.ts'
import type { RepairableJob } from '../../engine/repair/require-repairable.ts'

/** A job whose rejects are being repaired: how its records are read, and their check. */
export type RepairSession = CorrectionCheck & {
  store: Store
  job: RepairableJob
  columns: SourceColumn[]
  /** The encoding of the file that a record is in. */
  encodingOf(record: number): Encoding
}

/** @throws InvalidInputError where the table is gone or does not match any more */
export async function openRepair(store: Store, job: RepairableJob): Promise<RepairSession> {
  const { specification, checkpoint } = job
  const check = await refusing(() => openCheck(store, { specification, memo: checkpoint.memo }))
  const { memo } = check.plan
  const columns = await sourceColumns(store, memo, specification)
  const encodingOf = (record: number) => memoOfRecord(memo, record).encoding
  return { ...check, store, job, columns, encodingOf }
}

/**
 * The column of the source that fills a field, or of which it is made together with others;
 * undefined for the whole record.
 */
export function columnOfField(session: RepairSession, field: string | null): number | undefined {
  if (field === null) return undefined
  const { columns } = session
  const name = foldName(field)
  const at = columns.findIndex((one) => foldName(one.field ?? one.name) === name)
  const made = columnsMaking(session, field)
  return at === -1 || made?.includes(at) === false ? undefined : at
}

/** Whether a column of the source has sensitive values, which are neither shown nor kept. */
export function isMaskedColumn({ plan }: RepairSession, column: number): boolean {
  return plan.mask?.columns.has(column) === true
}

/** The columns of the source that decide the value of a field; none where that is not known. */
export function columnsOfField(session: RepairSession, field: string | null): number[] {
  if (field === null) return []
  const at = columnOfField(session, field)
  return columnsMaking(session, field) ?? (at === undefined ? [] : [at])
}

/** The columns that a template or an expression reads; undefined for a field of another kind. */
function columnsMaking({ job, plan }: RepairSession, field: string): number[] | undefined {
  const { specification } = job
  const fields = Object.entries(specification.fields).filter(
    ([name, { from }]) => from !== null && foldName(name) === foldName(field),
  )
  if (fields.length === 0) return undefined
  const made = { ...specification, fields: Object.fromEntries(fields) }
  return [...columnsUsed(plan.memo.header, made)].toSorted((a, b) => a - b)
}
