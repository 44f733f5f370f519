import type { AppDeps } from './env.ts'

/**
 * Clears away what a job that was cancelled leaves. It is cancelled all the same where that fails:
 * the operator has what was asked for, and the log says what is left.
 */
export async function clearUpAfter(
  { clearUp, log }: Pick<AppDeps, 'clearUp' | 'log'>,
  jobId: number,
): Promise<void> {
  try {
    await clearUp(jobId)
  } catch (error) {
    log.error({ err: error, job: jobId }, 'What a cancelled job leaves could not be cleared away.')
  }
}
