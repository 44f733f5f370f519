import type { Context } from 'hono'
import { RepairOverview } from '../../../../views/repair/repair-overview.tsx'
import { ConflictError, InvalidInputError } from '../../../domain/words/errors.ts'
import { severalFilesOf } from '../../../domain/records/source-files.ts'
import { listOpenKinds } from '../../../engine/repair/open-kinds.ts'
import { lineRangesOf } from '../../../engine/repair/line-ranges.ts'
import { repairsOf } from '../../../engine/repair/repairs-of.ts'
import type { RepairableJob } from '../../../engine/repair/require-repairable.ts'
import { listExamples } from '../../../engine/rejects/rejects.ts'
import { problemOnPage } from '../../../i18n/catalogue.ts'
import type { AppDeps, AppEnv } from '../../ground/env.ts'
import { RequestRefusal } from '../../ground/request-refusal.ts'

/** Reasons whose lines are told. */
const KINDS_WITH_LINES = 20

/** What was asked of the page and is refused on it, in a sentence. */
export type RepairRefusal = ConflictError | InvalidInputError | RequestRefusal

export function isRepairRefusal(error: unknown): error is RepairRefusal {
  return [ConflictError, InvalidInputError, RequestRefusal].some((kind) => error instanceof kind)
}

/** The reasons for which records were rejected, and why something was refused. */
export async function drawOverview(
  c: Context<AppEnv>,
  { store: { db } }: AppDeps,
  job: RepairableJob,
  refusal?: RepairRefusal,
): Promise<Response> {
  const ui = c.get('ui')
  const kinds = await listOpenKinds(db, job.id)
  const examples = await listExamples(db, job.id, { kinds: KINDS_WITH_LINES, each: 1 })
  const exampleOf = new Map(examples.map(({ kind, examples: [first] }) => [kind, first]))
  const begins = severalFilesOf(job).flatMap(({ before }) => before ?? [])
  const lines = await Promise.all(
    kinds
      .filter(({ open }) => open > 0)
      .slice(0, KINDS_WITH_LINES)
      .map(async ({ kind }) => [kind, await lineRangesOf(db, job.id, kind, begins)] as const),
  )
  const linesOf = new Map(lines)
  return c.html(
    <RepairOverview
      ui={ui}
      job={job}
      kinds={kinds.map((one) => ({
        ...one,
        example: exampleOf.get(one.kind),
        lines: linesOf.get(one.kind),
      }))}
      repairs={await repairsOf(db, job)}
      alert={refusal && problemOnPage(ui.language, refusal.problem)}
    />,
    statusOf(refusal),
  )
}

function statusOf(refusal: RepairRefusal | undefined) {
  if (refusal === undefined) return 200
  if (refusal instanceof RequestRefusal) return refusal.status
  return refusal instanceof ConflictError ? 409 : 422
}
