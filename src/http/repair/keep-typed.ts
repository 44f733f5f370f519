import { ConflictError, type InvalidInputError } from '../../domain/words/errors.ts'
import { OVER_STATUSES } from '../../domain/states/status.ts'
import { inTransaction } from '../../engine/ground/in-transaction.ts'
import { lockForEdit } from '../../engine/jobs/lock-for-edit.ts'
import { touchedSince, touchesAmong, type RejectTouch } from '../../engine/repair/fate-of-reject.ts'
import { openRejectsAmong } from '../../engine/repair/open-rejects.ts'
import { saveDrafts } from '../../engine/repair/save-drafts.ts'
import type { RepairSession } from './repair-session.ts'
import { correctionsOf, type TypedCorrections } from './typed-corrections.ts'
import type { TypedRecord } from './typed-records.ts'
import { changedTexts } from './work-of-others.ts'

/** What became of the texts of a form. */
export type KeptTyped = Omit<TypedCorrections, 'drafts'> & {
  typed: ReadonlyMap<number, TypedRecord>
  /** The records whose correction is kept by now. */
  saved: number[]
  /** What was done to records that were corrected here and are no longer open. */
  lost: RejectTouch[]
}

/** Keeps what was typed, except where somebody else was quicker: that is left to be decided. */
export async function keepTyped(
  session: RepairSession,
  typed: ReadonlyMap<number, TypedRecord>,
  act: { actor: string; now: Date },
): Promise<KeptTyped> {
  const { store, job } = session
  if (typed.size === 0) {
    return { typed, saved: [], refused: new Map(), conflicts: new Map(), lost: [] }
  }
  // Nobody else corrects the records between the look at them and the write.
  return await inTransaction(store.db, async (trx) => {
    await lockForEdit(trx, job.id, { act: 'repair', allowed: OVER_STATUSES })
    const rejects = await openRejectsAmong(trx, job.id, [...typed.keys()])
    const { drafts, ...found } = correctionsOf(session, rejects, typed)
    await saveDrafts(trx, job.id, drafts, act)
    const open = new Set(rejects.map(({ record }) => record))
    const gone = [...typed].filter(([record, one]) => {
      return !open.has(record) && changedTexts(one).length > 0
    })
    const lost = await touchesAmong(
      trx,
      job.id,
      gone.map(([record]) => record),
    )
    return { ...found, typed, saved: drafts.map(({ record }) => record), lost }
  })
}

/** Why what was asked for is not done: others were quicker. */
export function refusalOf({ conflicts, lost }: KeptTyped): ConflictError | undefined {
  if (conflicts.size > 0) {
    return new ConflictError({ problem: 'corrected_by_two', count: conflicts.size })
  }
  return lost.length > 0
    ? new ConflictError({ problem: 'settled_meanwhile', count: lost.length })
    : undefined
}

export type Touched = { touched: RejectTouch[]; count: number }

/** What others did to the records of a reason since its page was shown; nothing where that is unknown. */
export async function touchedByOthers(
  { store, job }: Pick<RepairSession, 'store' | 'job'>,
  { kind, since, saved }: { kind: number; since: string | undefined; saved: number[] },
): Promise<Touched> {
  return since === undefined
    ? { touched: [], count: 0 }
    : await touchedSince(store.db, job.id, { kind, since, except: saved })
}

/** Whether somebody is refused since the corrections are others by now than those of the page. */
export function isOvertaken(error: ConflictError | InvalidInputError): boolean {
  const { problem } = error
  if (error instanceof ConflictError) return true
  return 'problem' in problem && ['not_checked', 'fit_changed'].includes(problem.problem)
}
