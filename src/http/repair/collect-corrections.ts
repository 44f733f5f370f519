import { ConflictError, InvalidInputError } from '../../domain/words/errors.ts'
import { MOST_CORRECTIONS } from '../../domain/records/correction.ts'
import type { OpenReject } from '../../engine/repair/open-rejects.ts'
import type { Draft } from '../../engine/repair/save-drafts.ts'
import { iterateChecked, type CheckedReason, type CheckedReject } from './check-rejects.ts'
import type { RepairSession } from './repair-session.ts'

/** What is imported of corrected records, and what is kept of the others as corrected so far. */
export type Collected = {
  fitting: Draft[]
  others: Draft[]
  /** Records that fit and are not imported, since they would change rows that are there already. */
  held: number
}

/**
 * The open records of a reason that fit as corrected, and the changed ones that do not. Of very many
 * records, the first: the others stay open.
 * @param overwrites whether those that change a row which the table has already are wanted, too
 */
export async function collectFitting(
  session: RepairSession,
  reason: CheckedReason,
  overwrites: boolean,
): Promise<Collected> {
  const collected: Collected = { fitting: [], others: [], held: 0 }
  const { fitting, others } = collected
  let bytes = 0
  for await (const one of iterateChecked(session, reason)) {
    const { reject, isChanged } = one
    const isWanted = takes(one, overwrites)
    const raw = isWanted ? one.whole : one.raw
    if (one.misfit === undefined && !isWanted) collected.held++
    if (raw === undefined || (!isWanted && !isChanged)) continue
    bytes += raw.length
    if (bytes > MOST_CORRECTIONS.bytes && fitting.length > 0) break
    const kept = isWanted ? fitting : others
    kept.push(draftFrom(reject, raw))
    if (fitting.length + others.length === MOST_CORRECTIONS.records) break
  }
  return collected
}

/** A correction of a reject as it was read: whatever comes in between is not written over. */
export function draftFrom({ record, draft: basis }: OpenReject, raw: Buffer): Draft {
  return { record, raw, basis }
}

/** Whether a checked record is imported. */
export function takes({ misfit, change }: CheckedReject, overwrites: boolean): boolean {
  return misfit === undefined && (overwrites || change === undefined)
}

/** @throws InvalidInputError where nothing of what was collected is imported */
export function requireFitting({ fitting, held }: Pick<Collected, 'fitting' | 'held'>): void {
  if (fitting.length > 0) return
  throw new InvalidInputError(
    held > 0 ? { problem: 'only_overwrites', count: held } : { problem: 'nothing_fits' },
  )
}

/** What is changed of the open records of a reason, by hand and by a rule; of very many, the first. */
export async function collectChanged(
  session: RepairSession,
  reason: CheckedReason,
): Promise<Draft[]> {
  const changed: Draft[] = []
  let bytes = 0
  for await (const { reject, raw, isChanged } of iterateChecked(session, reason)) {
    if (raw === undefined || !isChanged) continue
    bytes += raw.length
    if (bytes > MOST_CORRECTIONS.bytes && changed.length > 0) break
    changed.push(draftFrom(reject, raw))
    if (changed.length === MOST_CORRECTIONS.records) break
  }
  return changed
}

/**
 * @throws InvalidInputError or ConflictError where a corrected file has nothing that is open in the job
 */
export function requireSome(
  { job: { id } }: RepairSession,
  path: string,
  { open, settled, foreign }: { open: number; settled: number; foreign: number },
): void {
  if (open > 0) return
  if (settled > 0) throw new ConflictError({ problem: 'all_settled', path, id })
  if (foreign > 0) throw new InvalidInputError({ problem: 'other_rejects', path, id })
  throw new InvalidInputError({ problem: 'no_corrections', path })
}
