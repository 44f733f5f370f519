import type { Context } from 'hono'
import { MaskedReason } from '../../../../views/repair/masked-reason.tsx'
import { repairUrl, type RepairPlace } from '../../../../views/repair/repair-url.ts'
import { ConflictError, InvalidInputError } from '../../../domain/words/errors.ts'
import { originOf, severalFilesOf } from '../../../domain/records/source-files.ts'
import { openRejectsAfter } from '../../../engine/repair/open-rejects.ts'
import type { RepairableJob } from '../../../engine/repair/require-repairable.ts'
import { messageOnPage, problemOnPage } from '../../../i18n/catalogue.ts'
import type { AppDeps, AppEnv } from '../../ground/env.ts'
import { wholeNumber } from '../../ground/params.ts'
import { changesLanguage } from '../../ground/ui-of.ts'
import { setPickedAside, textOf } from '../../repair/set-aside-form.ts'
import { requireKind } from './require-kind.ts'
import { takeSetAsideAll } from './set-aside-all.tsx'

const RECORDS_A_PAGE = 50

type Refused = ConflictError | InvalidInputError

/** The rejects of one reason, of which only masks are kept: they can be set aside, not corrected. */
export async function drawMasked(
  c: Context<AppEnv>,
  { store: { db } }: AppDeps,
  job: RepairableJob,
  { place, error }: { place: RepairPlace; error?: Refused },
): Promise<Response> {
  const ui = c.get('ui')
  const kind = await requireKind(db, job, place)
  const wanted = { kind: kind.kind, after: place.after, limit: RECORDS_A_PAGE + 1 }
  const rejects = await openRejectsAfter(db, job.id, wanted)
  const page = rejects.slice(0, RECORDS_A_PAGE)
  const fileOf = originOf(severalFilesOf(job))
  const rows = page.map(({ record, line, messages }) => {
    const message = messages.find(({ code, field }) => code === kind.code && field === kind.field)
    const problem = message && messageOnPage(ui.language, message)
    const file = fileOf?.(record)
    const nothing = { field: undefined, isChanged: false, cells: [], text: undefined }
    return { record, line, file, problem, ...nothing }
  })
  return c.html(
    <MaskedReason
      ui={ui}
      job={job}
      kind={kind}
      place={place}
      rows={rows}
      last={page.at(-1)?.record}
      isMore={rejects.length > RECORDS_A_PAGE}
      alert={error && problemOnPage(ui.language, error.problem)}
    />,
    error === undefined ? 200 : error instanceof ConflictError ? 409 : 422,
  )
}

export async function takeMasked(
  c: Context<AppEnv>,
  deps: AppDeps,
  job: RepairableJob,
  { form, place }: { form: Record<string, unknown>; place: RepairPlace },
): Promise<Response> {
  const act = changesLanguage(c, form) ? 'language' : textOf(form, 'act')
  const after = act === 'next' ? wholeNumber(textOf(form, 'last')) : undefined
  try {
    if (act === 'set_aside_all') return await takeSetAsideAll(c, deps, job, { form, place })
    if (act === 'set_aside') await setPickedAside(c, deps, job.id, form)
    const next = { ...place, after: after ?? place.after }
    return c.redirect(repairUrl(c.get('ui'), job.id, next), 303)
  } catch (error) {
    if (!(error instanceof ConflictError || error instanceof InvalidInputError)) throw error
    return await drawMasked(c, deps, job, { place, error })
  }
}
