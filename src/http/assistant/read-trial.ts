import type { TrialFound } from '../../../views/assistant/trial.tsx'
import { TRIED_RECORDS } from '../../../views/assistant/trial.tsx'
import { SHOWN_REASONS } from '../../../views/rejects/reject-reasons.tsx'
import type { Db } from '../../db/store.ts'
import { inMotion } from '../../domain/states/status.ts'
import { changesOf } from '../../engine/ground/changes.ts'
import { asTrial, lastTrial } from '../../engine/lifecycle/try-out.ts'
import { listExamples } from '../../engine/rejects/rejects.ts'
import type { ImportJob } from './step.ts'

/** The last trial of a job, and what it found. */
export async function readTrial(db: Db, job: ImportJob): Promise<TrialFound | undefined> {
  const trial = await lastTrial(db, job.id)
  if (trial === undefined) return undefined
  const tried = JSON.stringify(trial.specification)
  const isStale = [undefined, TRIED_RECORDS].every(
    (records) => JSON.stringify(asTrial(job.specification, records)) !== tried,
  )
  if (inMotion(trial.status)) return { trial, isStale, kinds: [], changes: [] }
  const kinds = await listExamples(db, trial.id, { kinds: SHOWN_REASONS, each: 1 })
  return {
    trial,
    isStale,
    kinds: kinds
      .filter(({ type }) => type === 'error')
      .map(({ examples: [example], ...kind }) => ({ ...kind, example })),
    changes: await changesOf(db, trial.id),
  }
}
