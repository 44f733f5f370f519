import type { Context, MiddlewareHandler } from 'hono'
import type { Right } from '../../domain/words/rights.ts'
import type { AppDeps, AppEnv } from './env.ts'

/** One address of the console and all that holds for it. */
export type Route = {
  method: 'GET' | 'POST'
  /** Behind the base path; parameters and patterns as Hono reads them. */
  path: string
  right: RouteRight
  limits: RequestLimits
  /** Called once per console, so that a handler may keep something between requests. */
  handler: (deps: AppDeps) => Handler
  /** Middleware that answers a poll from what is known already, before anything is drawn. */
  poll?: (deps: AppDeps) => MiddlewareHandler<AppEnv>
  /** Answered at the root as well, for those who do not know the base path. */
  besideBase?: true
}

/**
 * What an operator needs: a right; the right to the type of the job in the path; the rights to all
 * types of jobs; or nothing, not even to be known.
 */
export type RouteRight = Right | 'type_of_job' | 'all_types' | 'anyone'

/** How large the body of a request may be, and how long it may take to arrive. */
export type RequestLimits = { bytes: number; milliseconds: number }

export type Handler = (c: Context<AppEnv>) => Response | Promise<Response>
