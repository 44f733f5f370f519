import type { Context } from 'hono'
import { RepairFile } from '../../../../views/repair/repair-file.tsx'
import { repairFileUrl, repairUrl } from '../../../../views/repair/repair-url.ts'
import type { StoredFile } from '../../../db/files/stored-files.ts'
import { MOST_CORRECTIONS } from '../../../domain/records/correction.ts'
import { storedPath } from '../../../domain/specification/stored-path.ts'
import { ConflictError, InvalidInputError } from '../../../domain/words/errors.ts'
import { requireRepairable, type RepairableJob } from '../../../engine/repair/require-repairable.ts'
import { saveDrafts } from '../../../engine/repair/save-drafts.ts'
import { oncePerForm } from '../../forms/idempotency.ts'
import type { AppDeps, AppEnv } from '../../ground/env.ts'
import { formOf } from '../../ground/form-of.ts'
import { jobOf } from '../../ground/params.ts'
import type { Handler } from '../../ground/route.ts'
import { repairFromFile } from '../../repair/corrected-file.ts'
import { repairRows, shownColumns } from '../../repair/repair-rows.ts'
import { openRepair, type RepairSession } from '../../repair/repair-session.ts'
import { actOf } from '../../repair/set-aside-form.ts'
import { showRefusal } from '../../responses/show-job.tsx'
import { dropUpload, receiveFiles, requireFile } from '../../uploads/receive-file.ts'
import { drawOverview, isRepairRefusal } from './draw-overview.tsx'
import { importCorrected } from './import-corrected.ts'

/** A file has its reasons besides its records, and perhaps an encoding of two bytes a character. */
const MOST_BYTES = 2 * MOST_CORRECTIONS.bytes
/** Records that are checked before the page is shown, and those that it shows. */
const PREVIEW = { checked: 2_000, examples: 50 }

/** Takes a corrected reject file, and leads to what of it fits; one that is none is not kept. */
export function takeRepairFile(deps: AppDeps): Handler {
  return onRepair(deps, async (c, job) => {
    const session = await openRepair(deps.store, job)
    const most = Math.min(MOST_BYTES, deps.settings.maxUpload)
    const [id = ''] = await receiveFiles(c, deps, { most, files: 1 })
    try {
      await repairFromFile(session, sourceOf(await requireFile(deps, id)), { checked: 0 })
    } catch (error) {
      await dropUpload(deps, id)
      throw error
    }
    return c.redirect(repairFileUrl(c.get('ui'), job.id, id), 303)
  })
}

/** What of an uploaded file fits, before anything is imported. */
export function showRepairFile(deps: AppDeps): Handler {
  return onRepair(deps, async (c, job) => {
    const session = await openRepair(deps.store, job)
    const file = await fileOf(c, deps)
    const found = await repairFromFile(session, sourceOf(file), PREVIEW)
    const shown = shownColumns(session, found.examples)
    const ui = c.get('ui')
    const rows = { rejects: found.examples, shown, isEdited: false }
    return c.html(
      <RepairFile
        ui={ui}
        job={job}
        file={file}
        found={found}
        names={shown.map((at) => session.columns[at]?.name ?? String(at + 1))}
        rows={repairRows(ui, session, rows)}
      />,
    )
  })
}

/** Makes a linked job of the records that fit, or keeps all as they are corrected so far. */
export function applyRepairFile(deps: AppDeps): Handler {
  return onRepair(deps, async (c, job) => {
    const form = await formOf(c)
    const leadsTo = await oncePerForm(deps, form, c.req.path, async () => {
      const session = await openRepair(deps.store, job)
      const file = await fileOf(c, deps)
      const act = form['act'] === 'save' ? keepAll : importFitting
      const path = await act(c, deps, session, file)
      await dropUpload(deps, file.id)
      return path
    })
    return c.redirect(leadsTo, 303)
  })
}

/** The address of the upload alone, as when a page with a refusal is loaded again. */
export function returnToRepair(deps: AppDeps): Handler {
  return async (c) => {
    const job = await jobOf(deps.store.db, c)
    return c.redirect(repairUrl(c.get('ui'), job.id), 303)
  }
}

type Apply = (
  c: Context<AppEnv>,
  deps: AppDeps,
  session: RepairSession,
  file: StoredFile,
) => Promise<string>

const importFitting: Apply = async (c, deps, session, file) => {
  const collected = await repairFromFile(session, sourceOf(file))
  if (collected.fitting.length === 0) throw new InvalidInputError({ problem: 'nothing_fits' })
  return await importCorrected(c, deps, session.job.id, collected)
}

const keepAll: Apply = async (c, deps, session, file) => {
  const ui = c.get('ui')
  const { fitting, others } = await repairFromFile(session, sourceOf(file))
  const act = actOf(c, deps)
  await saveDrafts(deps.store.db, session.job.id, [...fitting, ...others], act)
  return repairUrl(ui, session.job.id)
}

/** A job whose rejects are repaired; a refusal is told on the page from which a file is sent. */
function onRepair(
  deps: AppDeps,
  handle: (c: Context<AppEnv>, job: RepairableJob) => Promise<Response>,
): Handler {
  return async (c) => {
    const job = await jobOf(deps.store.db, c)
    try {
      const first = requireRepairable(job)
      try {
        return await handle(c, first)
      } catch (error) {
        if (!isRepairRefusal(error)) throw error
        return await drawOverview(c, deps, first, error)
      }
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
      return await showRefusal(c, deps, error, 'rejects')
    }
  }
}

async function fileOf(c: Context<AppEnv>, deps: AppDeps): Promise<StoredFile> {
  return await requireFile(deps, c.req.param('file') ?? '')
}

function sourceOf({ id, name }: StoredFile): { path: string; name: string } {
  return { path: storedPath(id), name }
}
