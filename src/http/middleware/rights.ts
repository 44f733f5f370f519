import type { Context, MiddlewareHandler } from 'hono'
import { JOB_TYPES } from '../../domain/states/status.ts'
import type { Right } from '../../domain/states/rights.ts'
import { findJob } from '../../engine/jobs/jobs.ts'
import { findTemplate } from '../../engine/templates/templates.ts'
import { operatorOf } from '../ground/caller.ts'
import type { AppDeps, AppEnv } from '../ground/env.ts'
import { idOf } from '../ground/params.ts'
import { RequestRefusal } from '../ground/request-refusal.ts'
import type { RouteRight } from '../ground/route.ts'

type Deps = Pick<AppDeps, 'store' | 'settings' | 'mayDo'>

/** Allows only operators who have the rights that the route requires. */
export function requireRight(right: RouteRight, deps: Deps): MiddlewareHandler<AppEnv> {
  if (right === 'type_of_job' || right === 'type_of_template') {
    const typeOf = right === 'type_of_job' ? typeOfJob : typeOfTemplate
    return async (c, next) => {
      requireAll(c, await typeOf(c, deps), deps)
      await next()
    }
  }
  const needed = rightsOf(right)
  return (c, next) => {
    requireAll(c, needed, deps)
    return next()
  }
}

/** A job that does not exist needs no protection. */
async function typeOfJob(c: Context<AppEnv>, { store }: Deps): Promise<Right[]> {
  const job = await findJob(store.db, idOf(c))
  return job === undefined ? [] : [job.type]
}

async function typeOfTemplate(c: Context<AppEnv>, { store }: Deps): Promise<Right[]> {
  const template = await findTemplate(store.db, c.req.param('template') ?? '')
  return template === undefined ? [] : [template.type]
}

function rightsOf(
  right: Exclude<RouteRight, 'type_of_job' | 'type_of_template'>,
): readonly Right[] {
  if (right === 'anyone') return []
  return right === 'all_types' ? JOB_TYPES : [right]
}

/** @throws RequestRefusal */
function requireAll(c: Context<AppEnv>, needed: readonly Right[], deps: Deps): void {
  const operator = operatorOf(c, deps.settings)
  const right = needed.find((one) => !deps.mayDo(operator, one))
  if (right !== undefined) throw new RequestRefusal(403, { problem: 'right_missing', right })
}
