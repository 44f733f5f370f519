import type { Context } from 'hono'
import { stepPath } from '../../../../views/assistant/steps.ts'
import type { StoredFile } from '../../../db/files/stored-files.ts'
import { MOST_FILES } from '../../../domain/specification/specification.ts'
import type { Job } from '../../../domain/jobs/job.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import { firstJobOfFile } from '../../../engine/jobs/job-files.ts'
import { EDITABLE_STATUSES, isEditable } from '../../../domain/states/commands.ts'
import { noSuchJob, wrongStatus } from '../../../engine/ground/conflict.ts'
import { editSpecification } from '../../../engine/jobs/edit-specification.ts'
import { createJob, findJob, requireJob } from '../../../engine/jobs/jobs.ts'
import { FileWriter } from '../../../pipeline/files/file-writer.ts'
import type { ImportJob } from '../../assistant/step.ts'
import { pathOfNewJob } from '../../assistant/steps/open-step.ts'
import { templateNamed } from '../../forms/template-named.ts'
import { oncePerForm } from '../../forms/idempotency.ts'
import type { AppDeps, AppEnv } from '../../ground/env.ts'
import { formOf } from '../../ground/form-of.ts'
import { wholeNumber } from '../../ground/params.ts'
import type { Handler } from '../../ground/route.ts'
import { receiveBytes, tooLarge } from '../../uploads/receive-bytes.ts'
import { beginFile, dropUpload, receiveFiles, requireFile } from '../../uploads/receive-file.ts'
import { uploadJob, withUploads } from '../../uploads/upload-job.ts'

/**
 * Takes whole files in one form, for a new job or for one that is edited; what does not arrive whole
 * leaves nothing.
 */
export function takeUpload(deps: AppDeps): Handler {
  const { maxUpload } = deps.settings
  return async (c) => {
    // Nobody waits for an upload that no job would take.
    await jobToFill(c, deps)
    const ids = await receiveFiles(c, deps, { most: maxUpload, files: MOST_FILES })
    const files = await Promise.all(ids.map((id) => requireFile(deps, id)))
    return c.redirect(await jobOrNothing(c, deps, files), 303)
  }
}

/** Begins a file that comes in parts, for a script that goes on after an interruption. */
export function beginUpload(deps: AppDeps): Handler {
  return async (c) => {
    const { name, size } = await formOf(c)
    const wanted = wholeNumber(typeof size === 'string' ? size : undefined)
    if (wanted === undefined) throw new InvalidInputError({ problem: 'no_upload' })
    if (wanted > deps.settings.maxUpload) throw tooLarge(deps.settings.maxUpload)
    const { id } = await beginFile(c, deps, typeof name === 'string' ? name : undefined)
    return c.json({ id, size: 0 })
  }
}

/** How much of a file there is, from where it goes on. */
export function showUpload(deps: AppDeps): Handler {
  return async (c) => {
    const { id, size } = await uploadOf(c, deps)
    return c.json({ id, size })
  }
}

/** Takes the bytes from a position on. What arrives before an interruption stays. */
export function appendUpload(deps: AppDeps): Handler {
  return async (c) => {
    const file = await uploadOf(c, deps)
    const writer = FileWriter.goOn(deps.store.db, file)
    if (wholeNumber(c.req.header('upload-offset')) === file.size && c.req.raw.body !== null) {
      try {
        await receiveBytes(c.req.raw.body, writer, deps.settings.maxUpload)
      } catch (error) {
        await writer.flush().catch(() => undefined)
        throw error
      }
      await writer.flush()
    }
    return c.json({ id: file.id, size: writer.size })
  }
}

/**
 * Makes the job of a file that has arrived in parts, and of those that came before it, once all of
 * each is there. Who asks again, since a server died before it answered, gets the same job.
 */
export function finishUpload(deps: AppDeps): Handler {
  return async (c) => {
    const form = await formOf(c)
    const path = await oncePerForm(deps, { ...form, once: 'upload' }, c.req.path, async () => {
      const last = c.req.param('file') ?? ''
      const made = await firstJobOfFile(deps.store.db, last)
      if (made !== undefined) return await pathOfJob(c, deps, await requireJob(deps.store.db, made))
      const sent = [...sentBefore(form['before']), { id: last, size: form['size'] }]
      const files: StoredFile[] = []
      for (const { id, size } of sent) {
        const file = await requireFile(deps, id)
        if (size !== String(file.size))
          throw new InvalidInputError({ problem: 'upload_incomplete' })
        files.push(file)
      }
      for (const file of files) await FileWriter.goOn(deps.store.db, file).finish()
      return await jobOrNothing(c, deps, files)
    })
    return c.json({ path })
  }
}

/** The ids and sizes of the files before, as in `1f0c:120 2ab4:77`. */
function sentBefore(before: unknown): { id: string; size: string }[] {
  if (typeof before !== 'string') return []
  return [...before.matchAll(/([^\s:]+):(\d+)/g)].map(([, id = '', size = '']) => ({ id, size }))
}

export function cancelUpload(deps: AppDeps): Handler {
  return async (c) => {
    await dropUpload(deps, (await uploadOf(c, deps)).id)
    return c.json({})
  }
}

/** Makes the job, or leaves none of its files where they make none. */
async function jobOrNothing(c: Context<AppEnv>, deps: AppDeps, files: StoredFile[]) {
  try {
    return await makeJob(c, deps, files)
  } catch (error) {
    if (error instanceof InvalidInputError) {
      for (const { id } of files) await dropUpload(deps, id)
    }
    throw error
  }
}

/**
 * Makes the job of uploaded files, or gives them to the one that is edited.
 * @returns the path of the page where the job is edited
 */
async function makeJob(c: Context<AppEnv>, deps: AppDeps, files: StoredFile[]): Promise<string> {
  const job = await jobToFill(c, deps)
  if (job !== undefined) {
    const made = await withUploads(deps, job, files, c.req.raw.signal)
    const act = { actor: c.get('ui').operator, now: deps.now() }
    await editSpecification(deps.store.db, job.id, made, act)
    return stepPath(c.get('ui'), job, 'file')
  }
  const template = await templateNamed(deps, 'import', c.req.query('template'))
  const wanted = await uploadJob(deps, files, template, c.req.raw.signal)
  const act = { actor: c.get('ui').operator, now: deps.now() }
  return await pathOfJob(c, deps, await createJob(deps.store.db, wanted, act))
}

/**
 * The job that further files are uploaded for; undefined where they make a new one.
 * @throws NotFoundError
 * @throws ConflictError for one that is not edited any more
 */
async function jobToFill(c: Context<AppEnv>, { store }: AppDeps): Promise<ImportJob | undefined> {
  const asked = c.req.query('job')
  if (asked === undefined) return undefined
  const id = wholeNumber(asked) ?? 0
  const job = await findJob(store.db, id)
  if (job?.type !== 'import') throw noSuchJob(id)
  if (!isEditable(job.status)) throw wrongStatus(id, job.status, 'edit', EDITABLE_STATUSES)
  return job
}

async function pathOfJob(c: Context<AppEnv>, deps: AppDeps, job: Job): Promise<string> {
  const template = await templateNamed(deps, 'import', c.req.query('template'))
  return await pathOfNewJob(deps, { ui: c.get('ui'), job, template }, c.req.raw.signal)
}

async function uploadOf(c: Context<AppEnv>, deps: AppDeps): Promise<StoredFile> {
  return await requireFile(deps, c.req.param('file') ?? '')
}
