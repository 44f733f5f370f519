import { Hono } from 'hono'
import { JobLive } from '../../views/jobs/job-live.tsx'
import { JOB_TABS, pathOfTab } from '../../views/jobs/tabs.tsx'
import { ConflictError } from '../domain/errors.ts'
import { transition } from '../engine/transition.ts'
import { problemText } from '../i18n/catalogue.ts'
import type { AppDeps, AppEnv } from './env.ts'
import { followJournal } from './journal.tsx'
import { idOf, jobOf, oneOf, wholeNumber } from './params.ts'
import { readPace, showJob } from './show-job.tsx'

const EVENTS = ['start', 'pause', 'cancel'] as const

/** One job: its General tab, the part of every tab that lives, and the commands that keep it there. */
export function jobRoutes(deps: AppDeps) {
  const { db } = deps.store
  return new Hono<AppEnv>()
    .get('/jobs/:id{[0-9]+}', (c) => showJob(c, deps, 'general'))
    .get('/jobs/:id{[0-9]+}/journal', (c) => showJob(c, deps, 'journal'))
    .get('/jobs/:id{[0-9]+}/rejects', (c) => showJob(c, deps, 'rejects'))
    .get('/jobs/:id{[0-9]+}/live', async (c) => {
      const ui = c.get('ui')
      const tab = oneOf(JOB_TABS, c.req.query('tab')) ?? 'general'
      // The job before the journal, so that the last poll of all misses no entry.
      const job = await jobOf(db, c)
      const { follow, partial } = await followJournal(c, deps, job.id)
      const pace = await readPace(deps, job)
      const seen = wholeNumber(c.req.query('seen'))
      c.header('HX-PTag', String(job.revision))
      return c.html(
        <>
          <JobLive ui={ui} job={job} tab={tab} pace={pace} follow={follow} seen={seen} />
          {partial}
        </>,
      )
    })
    .post('/jobs/:id{[0-9]+}/:event{start|pause|cancel}', async (c) => {
      const ui = c.get('ui')
      const tab = oneOf(JOB_TABS, c.req.query('tab')) ?? 'general'
      const event = oneOf(EVENTS, c.req.param('event'))
      if (event === undefined) return c.notFound()
      try {
        await transition(db, idOf(c), event, { actor: ui.operator, now: deps.now() })
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error
        return await showJob(c, deps, tab, problemText(ui.language, error.problem))
      }
      return c.redirect(pathOfTab(ui, idOf(c), tab), 303)
    })
}
