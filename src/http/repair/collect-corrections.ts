import { MOST_CORRECTIONS } from '../../domain/records/correction.ts'
import type { Corrected } from '../../engine/repair/take-rejects.ts'
import { iterateChecked } from './check-rejects.ts'
import type { ColumnRule } from './correct-reject.ts'
import type { RepairSession } from './repair-session.ts'

type Reason = { kind: number; rule: ColumnRule | undefined }

/**
 * The open records of a reason that fit as corrected, and the changed ones that do not. Of very many
 * records, the first: the others stay open.
 */
export async function collectFitting(
  session: RepairSession,
  reason: Reason,
): Promise<{ fitting: Corrected[]; others: Corrected[] }> {
  const fitting: Corrected[] = []
  const others: Corrected[] = []
  let bytes = 0
  for await (const { reject, raw, misfit, isChanged } of iterateChecked(session, reason)) {
    if (raw === undefined || (misfit !== undefined && !isChanged)) continue
    bytes += raw.length
    if (bytes > MOST_CORRECTIONS.bytes && fitting.length > 0) break
    const kept = misfit === undefined ? fitting : others
    kept.push({ record: reject.record, raw })
    if (fitting.length + others.length === MOST_CORRECTIONS.records) break
  }
  return { fitting, others }
}

/** What is changed of the open records of a reason, by hand and by a rule; of very many, the first. */
export async function collectChanged(session: RepairSession, reason: Reason): Promise<Corrected[]> {
  const changed: Corrected[] = []
  let bytes = 0
  for await (const { reject, raw, isChanged } of iterateChecked(session, reason)) {
    if (raw === undefined || !isChanged) continue
    bytes += raw.length
    if (bytes > MOST_CORRECTIONS.bytes && changed.length > 0) break
    changed.push({ record: reject.record, raw })
    if (changed.length === MOST_CORRECTIONS.records) break
  }
  return changed
}
