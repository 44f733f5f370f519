import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { logRequests } from './middleware/access-log.ts'
import { assetRoutes } from './assets.ts'
import { tellOfForeignOperators } from './middleware/caller.ts'
import type { AppDeps, AppEnv } from './middleware/env.ts'
import { MAX_FORM_BYTES, showError, showNotFound } from './middleware/errors.tsx'
import { deleteRoutes } from './routes/delete.tsx'
import { editRoutes } from './routes/edit.tsx'
import { fileRoutes } from './routes/result-download.ts'
import { healthRoutes } from './middleware/health.ts'
import { jobRoutes } from './routes/job.tsx'
import { listRoutes } from './routes/jobs.tsx'
import { journalRoutes } from './routes/journal.tsx'
import { answerPolls } from './responses/response-cache.ts'
import { languageRoutes, readLanguage } from './middleware/language.ts'
import { answerOwnHosts } from './middleware/own-hosts.ts'
import { rejectRoutes } from './routes/reject.tsx'
import { newJobRoutes } from './routes/new-job.tsx'
import { reportRoutes } from './routes/report.tsx'
import { answerUnchangedRows } from './responses/not-modified.ts'
import { refuseForeignForms } from './middleware/same-origin.ts'
import { todayRoutes } from './routes/today.tsx'
import { uiOf } from './middleware/ui-of.ts'

const ROUTES = [
  todayRoutes,
  listRoutes,
  newJobRoutes,
  jobRoutes,
  journalRoutes,
  rejectRoutes,
  editRoutes,
  deleteRoutes,
  fileRoutes,
  reportRoutes,
]

/** The whole console. It starts nothing and listens nowhere: a server, or a test, asks it. */
export function createApp(deps: AppDeps) {
  const { settings } = deps
  const base = settings.basePath || '/'
  const app = new Hono<AppEnv>({ strict: false })
  app.onError(showError(deps))
  app.notFound(showNotFound(deps))

  app.use(requestId())
  app.use(logRequests(deps))
  app.use(answerOwnHosts(deps))
  for (const path of new Set(['/', base])) app.route(path, healthRoutes(deps))
  // Before all that a page needs: there are many polls, and most find nothing new.
  app.get(`${settings.basePath}/jobs/:id{[0-9]+}/live`, answerPolls(deps))
  app.get(`${settings.basePath}/jobs/rows`, answerUnchangedRows(deps))

  app.use(secureHeaders(SECURE_HEADERS))
  app.route(base, assetRoutes(deps.assets))
  app.use(compress())
  app.use(readLanguage)
  app.use(tellOfForeignOperators(deps))
  app.use(async (c, next) => {
    c.set('ui', uiOf(c, deps))
    await next()
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
  })
  app.use(refuseForeignForms(deps))
  // A body that is asked after is read: only where there may be one.
  app.on('POST', '*', bodyLimit({ maxSize: MAX_FORM_BYTES }))
  if (base !== '/') app.get('/', (c) => c.redirect(`${base}/`))
  app.route(base, languageRoutes(deps))
  for (const routes of ROUTES) {
    app.route(base, routes(deps))
  }
  return app
}

const SECURE_HEADERS = {
  // `no-referrer`, the default, makes browsers send forms with the origin `null` on plain http.
  referrerPolicy: 'same-origin',
  // An intranet may serve plain http on purpose, and may do so on a host that has https elsewhere.
  strictTransportSecurity: false,
  // Browsers say aloud that they ignore it on plain http.
  originAgentCluster: false,
  crossOriginOpenerPolicy: false,
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
    formAction: ["'self'"],
  },
}
