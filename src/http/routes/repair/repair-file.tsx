import type { Context } from 'hono'
import { RepairFile } from '../../../../views/repair/repair-file.tsx'
import { repairFileUrl, repairUrl } from '../../../../views/repair/repair-url.ts'
import type { StoredFile } from '../../../db/files/stored-files.ts'
import { MOST_CORRECTIONS } from '../../../domain/records/correction.ts'
import { storedPath } from '../../../domain/specification/stored-path.ts'
import { ConflictError, InvalidInputError } from '../../../domain/words/errors.ts'
import { requireRepairable, type RepairableJob } from '../../../engine/repair/require-repairable.ts'
import { saveDrafts } from '../../../engine/repair/save-drafts.ts'
import { problemOnPage } from '../../../i18n/catalogue.ts'
import { oncePerForm } from '../../forms/idempotency.ts'
import type { AppDeps, AppEnv } from '../../ground/env.ts'
import { formOf } from '../../ground/form-of.ts'
import { jobOf } from '../../ground/params.ts'
import type { Handler } from '../../ground/route.ts'
import { requireFitting } from '../../repair/collect-corrections.ts'
import { repairFromFile, type FileRepair } from '../../repair/corrected-file.ts'
import { repairRows, shownColumns, shownNames } from '../../repair/repair-rows.ts'
import { openRepair, type RepairSession } from '../../repair/repair-session.ts'
import { actOf, textOf } from '../../repair/set-aside-form.ts'
import { shownReplaced } from '../../repair/work-of-others.ts'
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
    return await drawFile(c, deps, job)
  })
}

async function drawFile(
  c: Context<AppEnv>,
  deps: AppDeps,
  job: RepairableJob,
  refusal?: InvalidInputError,
): Promise<Response> {
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
      replaced={shownReplaced(session, found.replaced)}
      names={shownNames(session, shown)}
      rows={repairRows(ui, session, rows)}
      checked={figuresOf(found)}
      alert={refusal && problemOnPage(ui.language, refusal.problem)}
    />,
    refusal === undefined ? 200 : 422,
  )
}

/** Stands for what the page says of a file; the buttons tell no number where it is not checked whole. */
function figuresOf({ open, looked, unfit, changing, replaced }: FileRepair): string {
  const last =
    replaced
      .map(({ at }) => at)
      .toSorted()
      .at(-1) ?? ''
  return looked < open ? '' : [open, unfit, changing, replaced.length, last].join('_')
}

/** @throws InvalidInputError where the file comes to something else by now than the page said */
function requireAsShown(found: FileRepair, checked: string): void {
  if (checked === '' || checked === figuresOf(found)) return
  throw new InvalidInputError({ problem: 'fit_changed' })
}

/** Makes a linked job of the records that fit, or keeps all as they are corrected so far. */
export function applyRepairFile(deps: AppDeps): Handler {
  return onRepair(deps, async (c, job) => {
    const form = await formOf(c)
    try {
      const leadsTo = await oncePerForm(deps, form, c.req.path, async () => {
        const session = await openRepair(deps.store, job)
        const file = await fileOf(c, deps)
        const act = ACTS[String(form['act'])] ?? importFitting(false)
        const path = await act(c, deps, { session, file, checked: textOf(form, 'checked') })
        await dropUpload(deps, file.id)
        return path
      })
      return c.redirect(leadsTo, 303)
    } catch (error) {
      if (!hasOtherFits(error)) throw error
      return await drawFile(c, deps, job, error)
    }
  })
}

/** The address of the upload alone, as when a page with a refusal is loaded again. */
export function returnToRepair(deps: AppDeps): Handler {
  return async (c) => {
    const job = await jobOf(deps.store.db, c)
    return c.redirect(repairUrl(c.get('ui'), job.id), 303)
  }
}

type Applied = { session: RepairSession; file: StoredFile; checked: string | undefined }
type Apply = (c: Context<AppEnv>, deps: AppDeps, applied: Applied) => Promise<string>

/** @param overwrites whether records that change a row which the table has already go in, too */
function importFitting(overwrites: boolean): Apply {
  return async (c, deps, { session, file, checked = '' }) => {
    const collected = await repairFromFile(session, sourceOf(file), { overwrites })
    requireAsShown(collected, checked)
    requireFitting(collected)
    return await importCorrected(c, deps, session.job.id, collected)
  }
}

const keepAll: Apply = async (c, deps, { session, file, checked = '' }) => {
  const ui = c.get('ui')
  if (session.plan.mask !== undefined) throw new InvalidInputError({ problem: 'masked_not_kept' })
  const found = await repairFromFile(session, sourceOf(file))
  requireAsShown(found, checked)
  const { fitting, others } = found
  const act = actOf(c, deps)
  await saveDrafts(deps.store.db, session.job.id, [...fitting, ...others], act)
  return repairUrl(ui, session.job.id)
}

function hasOtherFits(error: unknown): error is InvalidInputError {
  if (!(error instanceof InvalidInputError) || !('problem' in error.problem)) return false
  return error.problem.problem === 'fit_changed'
}

const ACTS: Record<string, Apply | undefined> = { save: keepAll, import: importFitting(true) }

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
