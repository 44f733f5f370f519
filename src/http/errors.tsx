import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { ErrorPage } from '../../views/error-page.tsx'
import { ConflictError, InvalidInputError, NotFoundError } from '../domain/errors.ts'
import type { AppDeps, AppEnv } from './env.ts'
import { uiOf } from './ui-of.ts'

/** What a user can mend is a sentence; everything else is a bug: logged in full, shown as a number. */
export function showError(deps: AppDeps) {
  return (error: Error, c: Context<AppEnv>) => {
    if (error instanceof HTTPException) return error.getResponse()
    const ui = uiOf(c, deps)
    const status = statusOf(error)
    if (status !== 500) {
      return c.html(<ErrorPage ui={ui} status={status} message={error.message} />, status)
    }
    const request = c.get('requestId')
    deps.log.error({ err: error, request, path: c.req.path }, 'A request failed.')
    return c.html(<ErrorPage ui={ui} status={status} message={ui.text.error.unknown} request={request} />, 500)
  }
}

export function showNotFound(deps: AppDeps) {
  return (c: Context<AppEnv>) => {
    const ui = uiOf(c, deps)
    return c.html(<ErrorPage ui={ui} status={404} message={ui.text.error.noPage} />, 404)
  }
}

function statusOf(error: Error): 404 | 409 | 422 | 500 {
  if (error instanceof NotFoundError) return 404
  if (error instanceof ConflictError) return 409
  return error instanceof InvalidInputError ? 422 : 500
}
