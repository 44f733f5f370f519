import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { ErrorPage, type ErrorPageProps } from '../../../views/parts/error-page.tsx'
import {
  ConflictError,
  DatabaseLostError,
  InvalidInputError,
  NotFoundError,
} from '../../domain/words/errors.ts'
import { problemOnPage, problemText } from '../../i18n/catalogue.ts'
import { incomingOf, type AppDeps, type AppEnv } from '../ground/env.ts'
import { RequestRefusal } from '../ground/request-refusal.ts'
import { uiOf } from '../ground/ui-of.ts'

/** What a user can mend is a sentence; everything else is a bug: logged in full, shown as a number. */
export function showError(deps: AppDeps) {
  return (error: Error, c: Context<AppEnv>) => {
    // Who hung up reads no answer, and nothing is wrong here.
    const hungUp = [incomingOf(c)?.errored, c.req.raw.signal.reason]
    if (hungUp.includes(error)) return c.body(null, 400)
    const ui = uiOf(c, deps)
    if (error instanceof HTTPException) return error.getResponse()
    if (isRefusal(error)) {
      const status = statusOf(error)
      return drawError(c, { ui, status, message: problemOnPage(ui.language, error.problem) })
    }
    const request = c.get('requestId')
    const problem =
      error instanceof DatabaseLostError ? error.problem : deps.databaseProblemOf(error)
    if (problem !== undefined) {
      deps.log.error({ request, path: c.req.path }, problemText('en', problem))
      return drawError(c, { ui, status: 503, message: problemOnPage(ui.language, problem) })
    }
    deps.log.error({ err: error, request, path: c.req.path }, 'A request failed.')
    return drawError(c, { ui, status: 500, message: ui.text.error.unknown, request })
  }
}

export function showNotFound(deps: AppDeps) {
  return (c: Context<AppEnv>) => {
    const ui = uiOf(c, deps)
    return drawError(c, { ui, status: 404, message: ui.text.error.noPage })
  }
}

/** Where a part of a page asked, the sentence takes the place of all that the page is about. */
function drawError(
  c: Context<AppEnv>,
  { status, ...page }: ErrorPageProps & { status: ContentfulStatusCode },
) {
  c.header('HX-Retarget', '#main')
  c.header('HX-Reselect', '#main')
  c.header('HX-Reswap', 'outerHTML')
  return c.html(<ErrorPage status={status} {...page} />, status)
}

type Refusal = NotFoundError | ConflictError | InvalidInputError | RequestRefusal

function isRefusal(error: Error): error is Refusal {
  const kinds = [NotFoundError, ConflictError, InvalidInputError, RequestRefusal]
  return kinds.some((kind) => error instanceof kind)
}

function statusOf(error: Refusal): ContentfulStatusCode {
  if (error instanceof RequestRefusal) return error.status
  if (error instanceof NotFoundError) return 404
  return error instanceof ConflictError ? 409 : 422
}
