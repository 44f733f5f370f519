import type { Child } from 'hono/jsx'
import type { Answers, JobFormProps } from '../../../views/forms/job-form.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { NewJob } from '../../engine/jobs/jobs.ts'
import type { AppDeps } from '../ground/env.ts'

/** So many tables are offered; the name of any other can be typed. */
export const MAX_TABLES = 500

/**
 * What the two forms, of imports and of exports, can do. They look into folders and files no longer
 * than the signal lets them: whoever asked may have left.
 */
export type JobForm = {
  /** The answers that stand there first. */
  blank: Answers
  /** The answers that lead to the specification of a job. */
  fromJob(job: Job): Answers
  /**
   * What is to be made, or what the job is to become, checked as the command line checks it.
   * @throws InvalidInputError
   */
  toJob(deps: AppDeps, answers: Answers, job: Job | undefined, signal: AbortSignal): Promise<NewJob>
  draw(deps: AppDeps, form: JobFormProps, signal: AbortSignal): Promise<Child>
}
