import { Hono, type Context } from 'hono'
import { JobList } from '../../views/jobs/list.tsx'
import { JobRows, rowsTag } from '../../views/jobs/list-rows.tsx'
import type { BulkResult } from '../../views/jobs/bulk-results.tsx'
import { deleteQuery, listQuery, type ListState } from '../../views/jobs/list-url.ts'
import { BULK_COMMANDS } from '../domain/commands.ts'
import { commandJobs, distinctJobs } from '../engine/command-jobs.ts'
import { listJobs } from '../engine/list-jobs.ts'
import { listJobsByIds } from '../engine/listed-job.ts'
import { problemText } from '../i18n/catalogue.ts'
import { filesIn } from '../pipeline/result-file.ts'
import type { AppDeps, AppEnv } from './env.ts'
import { formOf } from './form-of.ts'
import { filterOf, idsOf, numbersIn, stateOf } from './list-state.ts'
import { oneOf } from './params.ts'

const PAGE_SIZE = 50

/** The list of jobs, its rows as they refresh, and commands for many jobs at once. */
export function listRoutes(deps: AppDeps) {
  const { db } = deps.store
  return (
    new Hono<AppEnv>()
      .get('/jobs', (c) => showList(c, deps, stateOf(c)))
      .get('/jobs/rows', async (c) => {
        const jobs = await listJobsByIds(db, idsOf(c.req.query('ids')))
        c.header('HX-PTag', rowsTag(jobs))
        return c.html(<JobRows ui={c.get('ui')} jobs={jobs} />)
      })
      // The address of a command's answer, when it is looked at again or in another language.
      .get('/jobs/commands', (c) => c.redirect(`${c.get('ui').base}/jobs${listQuery(stateOf(c))}`))
      .post('/jobs/commands', async (c) => {
        const form = await formOf(c, { all: true })
        const ids = distinctJobs(
          [form['id']].flat().flatMap((id) => (typeof id === 'string' ? numbersIn(id) : [])),
        )
        const command = oneOf(BULK_COMMANDS, String(form['command']))
        if (command === undefined) return c.notFound()
        const { operator, base, language } = c.get('ui')
        if (command === 'delete' && ids.length > 0 && form['sure'] !== 'yes') {
          const query = deleteQuery(stateOf(c), ids)
          return c.redirect(`${base}/jobs/delete${query}`, 303)
        }
        const act = { actor: operator, now: deps.now(), files: filesIn(deps.settings.outbox) }
        // Asked for first: a job that is deleted has no label to show any more.
        const labels = new Map((await listJobsByIds(db, ids)).map(({ id, label }) => [id, label]))
        const outcomes = await commandJobs(db, ids, command, act)
        if (command === 'cancel' || command === 'delete') deps.clearUp()
        const results = outcomes.map(({ id, refusal }) => ({
          id,
          label: labels.get(id),
          why: refusal && problemText(language, refusal.problem),
        }))
        return await showList(c, deps, stateOf(c), results)
      })
  )
}

async function showList(
  c: Context<AppEnv>,
  { store, settings, now, doubt }: AppDeps,
  state: ListState,
  results?: BulkResult[],
): Promise<Response> {
  const filter = filterOf(state, settings.timeZone)
  const { sort, direction, cursor } = state
  const order = { sort, direction, cursor, limit: PAGE_SIZE, now: now() }
  const page = await listJobs(store.db, { ...filter, ...order })
  const ui = c.get('ui')
  const why = doubt()
  const warning = why && problemText(ui.language, why)
  return c.html(<JobList ui={ui} state={state} {...page} results={results} warning={warning} />)
}
