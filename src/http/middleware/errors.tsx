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
import type { Problem } from '../../domain/words/problems.ts'
import { problemOnPage, problemText } from '../../i18n/catalogue.ts'
import { incomingOf, type AppDeps, type AppEnv } from './env.ts'
import { uiOf } from './ui-of.ts'

/** Forms are small; files never come by a form. */
export const MAX_FORM_BYTES = 256 * 1024

/** What Hono refuses before a form is read, by the status of its answer. */
const FORM_REFUSALS: Partial<Record<number, Problem>> = {
  403: { problem: 'foreign_form' },
  413: { problem: 'form_too_large', kilobytes: MAX_FORM_BYTES / 1024 },
}

/** What a user can mend is a sentence; everything else is a bug: logged in full, shown as a number. */
export function showError(deps: AppDeps) {
  return (error: Error, c: Context<AppEnv>) => {
    // Who hung up reads no answer, and nothing is wrong here.
    const hungUp = [incomingOf(c)?.errored, c.req.raw.signal.reason]
    if (hungUp.includes(error)) return c.body(null, 400)
    const ui = uiOf(c, deps)
    if (error instanceof HTTPException) {
      const problem = FORM_REFUSALS[error.status]
      if (problem === undefined) return error.getResponse()
      const message = problemOnPage(ui.language, problem)
      return tell(c, { ui, status: error.status, message })
    }
    if (isRefusal(error)) {
      const status = statusOf(error)
      return tell(c, { ui, status, message: problemOnPage(ui.language, error.problem) })
    }
    const request = c.get('requestId')
    const trouble = error instanceof DatabaseLostError ? error.problem : deps.store.troubleOf(error)
    if (trouble !== undefined) {
      deps.log.error({ request, path: c.req.path }, problemText('en', trouble))
      return tell(c, { ui, status: 503, message: problemOnPage(ui.language, trouble) })
    }
    deps.log.error({ err: error, request, path: c.req.path }, 'A request failed.')
    return tell(c, { ui, status: 500, message: ui.text.error.unknown, request })
  }
}

export function showNotFound(deps: AppDeps) {
  return (c: Context<AppEnv>) => {
    const ui = uiOf(c, deps)
    return tell(c, { ui, status: 404, message: ui.text.error.noPage })
  }
}

/** Where a part of a page asked, the sentence takes the place of all that the page is about. */
function tell(
  c: Context<AppEnv>,
  { status, ...page }: ErrorPageProps & { status: ContentfulStatusCode },
) {
  c.header('HX-Retarget', '#main')
  c.header('HX-Reselect', '#main')
  c.header('HX-Reswap', 'outerHTML')
  return c.html(<ErrorPage status={status} {...page} />, status)
}

type Refusal = NotFoundError | ConflictError | InvalidInputError

function isRefusal(error: Error): error is Refusal {
  return [NotFoundError, ConflictError, InvalidInputError].some((kind) => error instanceof kind)
}

function statusOf(error: Refusal): 404 | 409 | 422 {
  if (error instanceof NotFoundError) return 404
  return error instanceof ConflictError ? 409 : 422
}
