import type { Child } from 'hono/jsx'
import type { Answers, FormBase, JobFormProps } from '../../../views/forms/job-form.ts'
import type { Job, JobKind } from '../../domain/jobs/job.ts'
import type { NewJob } from '../../engine/jobs/new-job.ts'
import type { AppDeps } from '../ground/env.ts'

/** Maximum number of tables offered; other names can be typed. */
export const MAX_TABLES = 500

/** What the answers of a form are taken from: a job, or a template without names of its own. */
export type FilledBy = JobKind & Pick<Job, 'label' | 'file_name'>

/**
 * Operations of the form of an import. They stop reading folders and files when the signal
 * is aborted, since the client may have disconnected.
 */
export type JobForm = {
  /** The initial answers of an empty form. */
  blank: Answers
  /** The answers that yield the job's specification. */
  fromJob(job: FilledBy): Answers
  /**
   * The new job, or the changed one, validated as on the command line.
   * @throws InvalidInputError
   */
  toJob(deps: AppDeps, answers: Answers, base: FormBase, signal: AbortSignal): Promise<NewJob>
  draw(deps: AppDeps, form: JobFormProps, signal: AbortSignal): Promise<Child>
}
