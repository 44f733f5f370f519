import type { Context } from 'hono'
import { ConflictError } from '../../domain/words/errors.ts'
import type { AppDeps, AppEnv } from '../ground/env.ts'
import { tabPlaceOf } from '../ground/params.ts'
import { showRefusal } from './show-job.tsx'

/** Redirects to the command's target, or to the job itself with the reason where it was refused. */
export async function answerCommand(
  c: Context<AppEnv>,
  deps: AppDeps,
  command: (act: { actor: string; now: Date }) => Promise<string>,
): Promise<Response> {
  try {
    const { operator: actor } = c.get('ui')
    return c.redirect(await command({ actor, now: deps.now() }), 303)
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    return await showRefusal(c, deps, error, tabPlaceOf(c).tab)
  }
}
