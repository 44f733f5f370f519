import type { Context } from 'hono'
import { RepairOverview } from '../../../../views/repair/repair-overview.tsx'
import { ConflictError, InvalidInputError } from '../../../domain/words/errors.ts'
import type { Trx } from '../../../db/store.ts'
import type { ListedReject } from '../../../domain/records/reject.ts'
import { listOpenKinds } from '../../../engine/repair/open-kinds.ts'
import { inSnapshot } from '../../../engine/ground/in-snapshot.ts'
import { lineRangesOf, type LineRanges } from '../../../engine/repair/line-ranges.ts'
import { openRejectsAfter } from '../../../engine/repair/open-rejects.ts'
import { repairsOf } from '../../../engine/repair/repairs-of.ts'
import type { RepairableJob } from '../../../engine/repair/require-repairable.ts'
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
  { store }: AppDeps,
  job: RepairableJob,
  refusal?: RepairRefusal,
): Promise<Response> {
  const ui = c.get('ui')
  const { kinds, repairs } = await inSnapshot(store.db, (trx) => readOverview(trx, job))
  return c.html(
    <RepairOverview
      ui={ui}
      job={{ ...job, ...repairs.counts }}
      kinds={kinds}
      repairs={repairs}
      alert={refusal && problemOnPage(ui.language, refusal.problem)}
    />,
    statusOf(refusal),
  )
}

/** All figures of one moment: whoever is refused is told what others have repaired by then. */
async function readOverview(db: Trx, job: RepairableJob) {
  const kinds = await listOpenKinds(db, job.id)
  const first = kinds.filter(({ open }) => open > 0).slice(0, KINDS_WITH_LINES)
  const toldOf = new Map<number, { message: ListedReject | undefined; lines: LineRanges }>()
  for (const { kind, code, field } of first) {
    const [example] = await openRejectsAfter(db, job.id, { kind, after: 0, limit: 1 })
    const message = example?.messages.find((one) => one.code === code && one.field === field)
    toldOf.set(kind, { message, lines: await lineRangesOf(db, job, kind, { isOpen: true }) })
  }
  return {
    kinds: kinds.map((one) => ({
      ...one,
      example: toldOf.get(one.kind)?.message,
      lines: toldOf.get(one.kind)?.lines,
    })),
    repairs: await repairsOf(db, job),
  }
}

function statusOf(refusal: RepairRefusal | undefined) {
  if (refusal === undefined) return 200
  if (refusal instanceof RequestRefusal) return refusal.status
  return refusal instanceof ConflictError ? 409 : 422
}
