import type { Context, MiddlewareHandler } from 'hono'
import type { Right } from '../../domain/states/rights.ts'
import type { AppDeps, AppEnv } from './env.ts'

/** One route of the console with its access rules and limits. */
export type Route = {
  method: 'GET' | 'POST'
  /** Path after the base path, in Hono's syntax for parameters and patterns. */
  path: string
  right: RouteRight
  limits: RequestLimits
  /** Called once per console, so that a handler may keep state between requests. */
  handler: (deps: AppDeps) => Handler
  /** Middleware that answers a poll from known data, before anything is rendered. */
  poll?: (deps: AppDeps) => MiddlewareHandler<AppEnv>
  /** Also served at the root, for clients that do not know the base path. */
  besideBase?: true
}

/**
 * The right that a route requires: a named right; the right to the type of the job or template in the
 * path; the rights to all job types; or none, without identifying the operator.
 */
export type RouteRight = Right | 'type_of_job' | 'type_of_template' | 'all_types' | 'anyone'

/** Maximum size of a request body, and how long it may take to arrive. */
export type RequestLimits = {
  bytes: number
  milliseconds: number
  /** The handler reads the body as a stream and limits it itself. */
  isStream?: true
}

export type Handler = (c: Context<AppEnv>) => Response | Promise<Response>
