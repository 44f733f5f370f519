import type { Store } from '../../db/store.ts'
import { foldName } from '../../pipeline/values/find-name.ts'
import type { Encoding } from '../../pipeline/encodings/encoding-names.ts'
import type { SourceColumn } from '../../pipeline/formats/inspection/opened-record.ts'
import { memoOfRecord } from '../../pipeline/import/opening/files-of-memo.ts'
import { sourceColumns } from '../../pipeline/import/plan/source-columns.ts'
import { refusing } from '../../pipeline/refusing.ts'
import { openCheck, type CorrectionCheck } from '../../pipeline/repair/check-corrections.ts'
import { requireCorrectable, type RepairableJob } from '../../engine/repair/require-repairable.ts'

/** A job whose rejects are being repaired: how its records are read, and their check. */
export type RepairSession = CorrectionCheck & {
  store: Store
  job: RepairableJob
  columns: SourceColumn[]
  /** The encoding of the file that a record is in. */
  encodingOf(record: number): Encoding
}

/**
 * @throws ConflictError where a field is sensitive
 * @throws InvalidInputError where the table is gone or does not match any more
 */
export async function openRepair(store: Store, job: RepairableJob): Promise<RepairSession> {
  const { specification, checkpoint } = requireCorrectable(job)
  const check = await refusing(() => openCheck(store, { specification, memo: checkpoint.memo }))
  const { memo } = check.plan
  const columns = await sourceColumns(store, memo, specification)
  const encodingOf = (record: number) => memoOfRecord(memo, record).encoding
  return { ...check, store, job, columns, encodingOf }
}

/** The column of the source that fills a field; undefined for the whole record. */
export function columnOfField(
  { columns }: RepairSession,
  field: string | null,
): number | undefined {
  if (field === null) return undefined
  const name = foldName(field)
  const at = columns.findIndex((one) => foldName(one.field ?? one.name) === name)
  return at === -1 ? undefined : at
}
