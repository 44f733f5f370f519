import { Hono, type Context } from 'hono'
import { JobAside } from '../../../views/job/job-aside.tsx'
import { JobLive } from '../../../views/job/job-live.tsx'
import { JobTools } from '../../../views/job/job-tools.tsx'
import { PageTitle } from '../../../views/parts/layout.tsx'
import { JobTexts, titleOf } from '../../../views/tabs/title.tsx'
import { pathOfPlace, pathOfTab, type TabPlace } from '../../../views/tabs/tabs.tsx'
import type { Ui } from '../../../views/ground/ui.ts'
import { ConflictError } from '../../domain/words/errors.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { inMotion } from '../../domain/states/status.ts'
import { duplicateJob, runAgain } from '../../engine/lifecycle/run-again.ts'
import { transition } from '../../engine/lifecycle/transition.ts'
import type { AppDeps, AppEnv } from '../middleware/env.ts'
import { formOf } from '../forms/form-of.ts'
import { followJournal } from './journal.tsx'
import { oncePerForm } from '../middleware/idempotency.ts'
import { idOf, jobOf, oneOf, placeOf, wholeNumber } from '../middleware/params.ts'
import { askBeforeCancel } from './cancel.tsx'
import { askBeforeAgain, warnBeforeAgain } from './run-again.tsx'
import { readAside, readFigures, showJob, showRefusal } from '../responses/show-job.tsx'

type Form = Record<string, unknown>

const EVENTS = ['start', 'pause', 'cancel'] as const

/** One job: its General tab, the part of every tab that lives, and the commands that keep it there. */
export function jobRoutes(deps: AppDeps) {
  const { db } = deps.store
  const once = oncePerForm(deps)
  const makeOnce = async (c: Context<AppEnv>, make: (form: Form) => Promise<string>) => {
    const form = await formOf(c)
    return await once(form, c.req.path, () => make(form))
  }
  return (
    new Hono<AppEnv>()
      .get('/jobs/:id{[0-9]+}', (c) => showJob(c, deps, 'general'))
      .get('/jobs/:id{[0-9]+}/journal', (c) => showJob(c, deps, 'journal'))
      .get('/jobs/:id{[0-9]+}/rejects', (c) => showJob(c, deps, 'rejects'))
      .get('/jobs/:id{[0-9]+}/live', (c) => showLive(c, deps))
      .post('/jobs/:id{[0-9]+}/:event{start|pause|cancel}', async (c) => {
        const ui = c.get('ui')
        const event = oneOf(EVENTS, c.req.param('event'))
        if (event === undefined) return c.notFound()
        return await answer(c, deps, async (act) => {
          await transition(db, idOf(c), event, act)
          if (event === 'cancel') deps.clearUp()
          return pathOfPlace(ui, idOf(c), shownPlace(c))
        })
      })
      // The address of a refusal, when it is looked at again or in another language.
      .get('/jobs/:id{[0-9]+}/:act{start|pause|duplicate}', (c) =>
        c.redirect(pathOfPlace(c.get('ui'), idOf(c), placeOf(c))),
      )
      .get('/jobs/:id{[0-9]+}/cancel', (c) => askBeforeCancel(c, deps))
      .get('/jobs/:id{[0-9]+}/run-again', (c) => askBeforeAgain(c, deps))
      .post('/jobs/:id{[0-9]+}/run-again', async (c) => {
        const { again, real } = await formOf(c)
        const isReal = real === 'yes'
        const question = again === 'yes' ? undefined : await warnBeforeAgain(c, deps, isReal)
        if (question !== undefined) return question
        return await answer(c, deps, (act) =>
          makeOnce(c, async () => {
            const { id } = await runAgain(db, idOf(c), { ...act, isReal })
            return pathOfTab(c.get('ui'), id, 'general')
          }),
        )
      })
      .post('/jobs/:id{[0-9]+}/duplicate', (c) =>
        answer(c, deps, (act) =>
          makeOnce(c, async ({ then }) => {
            const { id } = await duplicateJob(db, idOf(c), act)
            const path = pathOfTab(c.get('ui'), id, 'general')
            return then === 'specification' ? `${path}/specification` : path
          }),
        ),
      )
  )
}

/** The head of a tab, and what came to the journal since the page was drawn. */
async function showLive(c: Context<AppEnv>, deps: AppDeps): Promise<Response> {
  const ui = c.get('ui')
  const place = placeOf(c)
  // The job before the journal, so that the last poll of all misses no entry.
  const job = await jobOf(deps.store.db, c)
  const { follow, partial } = await followJournal(c, deps, job.id)
  const figures = await readFigures(deps, job, place.tab)
  const live = { ...figures, follow, seen: wholeNumber(c.req.query('seen')) }
  c.header('HX-PTag', String(job.revision))
  return c.html(
    <>
      <JobLive ui={ui} job={job} place={place} {...live} isPolled />
      <PageTitle title={titleOf(ui, job)} />
      <hx-partial hx-target="#job-texts" hx-swap="outerMorph">
        <JobTexts job={job} />
      </hx-partial>
      {!inMotion(job.status) && (await atRest(ui, deps, job, place))}
      {partial}
    </>,
  )
}

/** What changes about a job's page only when the job comes to rest. */
async function atRest(ui: Ui, deps: AppDeps, job: Job, place: TabPlace) {
  return (
    <>
      <hx-partial hx-target="#job-tools" hx-swap="outerMorph">
        <JobTools ui={ui} job={job} place={place} />
      </hx-partial>
      {place.tab === 'general' && (
        <hx-partial hx-target="#job-aside" hx-swap="outerMorph">
          <JobAside ui={ui} job={job} {...await readAside(deps, job)} />
        </hx-partial>
      )}
    </>
  )
}

/** Leads to where the command says, or to the job itself with the reason where it was refused. */
async function answer(
  c: Context<AppEnv>,
  deps: AppDeps,
  command: (act: { actor: string; now: Date }) => Promise<string>,
): Promise<Response> {
  try {
    const { operator: actor } = c.get('ui')
    return c.redirect(await command({ actor, now: deps.now() }), 303)
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    return await showRefusal(c, deps, error, placeOf(c).tab)
  }
}

/** Where a command leads back to; in place, with the rejects that the page has. */
function shownPlace(c: Context<AppEnv>): TabPlace {
  const { tab, query } = placeOf(c)
  const seen = wholeNumber(c.req.query('seen'))
  return { tab, query: { ...query, ...(seen === undefined ? {} : { seen: String(seen) }) } }
}
