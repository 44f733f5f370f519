import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { createMiddleware } from 'hono/factory'
import type { AppDeps, AppEnv } from './ground/env.ts'
import type { Route } from './ground/route.ts'
import { uiOf } from './ground/ui-of.ts'
import { logRequests } from './middleware/access-log.ts'
import { showError, showNotFound } from './middleware/errors.tsx'
import { refuseForeignForms } from './middleware/foreign-forms.ts'
import { reportForeignOperators } from './middleware/foreign-operators.ts'
import { addHeaders } from './middleware/headers.ts'
import { limitBody } from './middleware/limits.ts'
import { refuseNulInAddress } from './middleware/nul-in-address.ts'
import { answerOwnHosts } from './middleware/own-hosts.ts'
import { requireRight } from './middleware/rights.ts'
import { ROUTES } from './routes.ts'

/** The whole console. It starts and binds nothing: a server, or a test, calls it. */
export function createApp(deps: AppDeps) {
  const { basePath, operatorHeader } = deps.settings
  const app = new Hono<AppEnv>({ strict: false })
  app.onError(showError(deps))
  app.notFound(showNotFound(deps))

  // Every request passes these, polls too: each step costs about a microsecond per request.
  app.use(addHeaders)
  app.use(logRequests(deps))
  app.use(answerOwnHosts(deps))
  if (operatorHeader !== null) app.use(reportForeignOperators(deps, operatorHeader))
  app.on('POST', '*', refuseForeignForms(deps))

  if (basePath !== '') app.get('/', (c) => c.redirect(`${basePath}/`))
  for (const route of ROUTES) addRoute(app, route, deps)
  return app
}

/** Checks the right before any poll is answered; prepares the page's data last. */
function addRoute(app: Hono<AppEnv>, route: Route, deps: AppDeps): void {
  const bases = new Set([deps.settings.basePath, ...(route.besideBase ? [''] : [])])
  const steps = [
    requireRight(route.right, deps),
    ...(route.poll === undefined ? [] : [route.poll(deps)]),
    compress(),
    refuseNulInAddress,
    ...(route.method === 'POST' && !route.limits.isStream ? [limitBody(route.limits)] : []),
    createMiddleware<AppEnv>(async (c, next) => {
      c.set('ui', uiOf(c, deps))
      await next()
    }),
  ]
  for (const base of bases) {
    app.basePath(base).on(route.method, [route.path], ...steps, route.handler(deps))
  }
}
