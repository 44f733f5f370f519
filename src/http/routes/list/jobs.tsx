import type { Context } from 'hono'
import { JobList } from '../../../../views/list/list.tsx'
import { JobRows, rowsTag } from '../../../../views/list/list-rows.tsx'
import type { BulkResult } from '../../../../views/list/bulk-results.tsx'
import type { Matching } from '../../../../views/list/list-bulk.tsx'
import type { TabCounts } from '../../../../views/list/list-tabs.tsx'
import { listQuery, questionQuery } from '../../../../views/list/list-url.ts'
import { NewJobs, newJobsTag } from '../../../../views/list/new-jobs.tsx'
import type { Db } from '../../../db/store.ts'
import { BULK_COMMANDS, isFinalCommand } from '../../../domain/states/commands.ts'
import type { Problem } from '../../../domain/words/problems.ts'
import { TAB_FILTERS } from '../../../domain/jobs/job-list.ts'
import { findJob } from '../../../engine/jobs/jobs.ts'
import {
  commandJobs,
  distinctJobs,
  MAX_JOBS_AT_ONCE,
} from '../../../engine/lifecycle/command-jobs.ts'
import { countJobs, countNewJobs } from '../../../engine/list/count-jobs.ts'
import { listIds, listJobs, type JobQuery } from '../../../engine/list/list-jobs.ts'
import { listJobsByIds, newestJobId } from '../../../engine/list/listed-job.ts'
import { repairersOf } from '../../../engine/list/repairers.ts'
import { listTemplates } from '../../../engine/templates/templates.ts'
import { problemOnPage } from '../../../i18n/catalogue.ts'
import { filesIn } from '../../../pipeline/export/result-file.ts'
import { openBeforeStart, openPath } from '../../assistant/steps/open-step.ts'
import type { AppDeps, AppEnv } from '../../ground/env.ts'
import { formOf } from '../../ground/form-of.ts'
import {
  listFilterOf,
  idsOf,
  numbersIn,
  listStateOf,
  wrongPartsOf,
} from '../../responses/list-state.ts'
import { notModified } from '../../ground/not-modified.ts'
import { oneOf, wholeNumber } from '../../ground/params.ts'
import type { Handler } from '../../ground/route.ts'

const PAGE_SIZE = 50

/** The list of jobs. */
export function showList(deps: AppDeps): Handler {
  return (c) => drawList(c, deps)
}

/** A poll of rows of the list. */
export function showRows({ store }: Pick<AppDeps, 'store'>): Handler {
  return async (c) => {
    const jobs = await listJobsByIds(store.db, idsOf(c.req.query('ids')))
    c.header('HX-PTag', rowsTag(jobs))
    const repairers = await repairersOf(store.db, jobs)
    return c.html(<JobRows ui={c.get('ui')} jobs={jobs} repairers={repairers} />)
  }
}

/** A poll for jobs that are newer than the list on the screen. */
export function showNewJobs({ store, settings }: Pick<AppDeps, 'store' | 'settings'>): Handler {
  return async (c) => {
    const state = listStateOf(c)
    const newest = wholeNumber(c.req.query('newest')) ?? 0
    const found = await countNewJobs(store.db, listFilterOf(state, settings.timeZone), newest)
    const tag = newJobsTag(found)
    if (c.req.header('hx-ptag') === tag) return notModified(c)
    c.header('HX-PTag', tag)
    return c.html(<NewJobs ui={c.get('ui')} state={state} newest={newest} found={found} />)
  }
}

/** The address of a command's answer, when it is looked at again or in another language. */
export function returnToList(): Handler {
  return (c) => c.redirect(`${c.get('ui').base}/jobs${listQuery(listStateOf(c))}`)
}

/** One command for many jobs, answered by the list with what became of each. */
export function commandMany(deps: AppDeps): Handler {
  const { db } = deps.store
  return async (c) => {
    const form = await formOf(c, { all: true })
    const ids = distinctJobs(
      [form['id']].flat().flatMap((id) => (typeof id === 'string' ? numbersIn(id) : [])),
    )
    const command = oneOf(BULK_COMMANDS, String(form['command']))
    if (command === undefined) return c.notFound()
    const { operator, base, language } = c.get('ui')
    if (isFinalCommand(command) && ids.length > 0 && form['sure'] !== 'yes') {
      return c.redirect(`${base}/jobs/${command}${questionQuery(listStateOf(c), ids)}`, 303)
    }
    const act = { actor: operator, now: deps.now(), files: filesIn(deps.settings.outbox) }
    // Asked for first: a job that is deleted has no label to show any more.
    const labels = new Map((await listJobsByIds(db, ids)).map(({ id, label }) => [id, label]))
    const open = command === 'start' ? await openAmong(c, deps, ids) : new Map<number, OpenJob>()
    const free = ids.filter((id) => !open.has(id))
    const outcomes = await commandJobs(db, free, command, act)
    if (isFinalCommand(command)) deps.clearUp()
    const became = new Map(outcomes.map(({ id, status, refusal }) => [id, { status, refusal }]))
    const results = ids.map((id) => {
      const { problem = became.get(id)?.refusal?.problem, href } = open.get(id) ?? {}
      const why = problem && problemOnPage(language, problem)
      return { id, status: became.get(id)?.status, label: labels.get(id), why, href }
    })
    return await drawList(c, deps, results)
  }
}

type OpenJob = { problem: Problem; href: string }

/** The jobs that are still edited and have something to decide before they start. */
async function openAmong(
  c: Context<AppEnv>,
  deps: AppDeps,
  ids: number[],
): Promise<Map<number, OpenJob>> {
  const ui = c.get('ui')
  const found = new Map<number, OpenJob>()
  for (const id of ids) {
    const job = await findJob(deps.store.db, id)
    const open = job && (await openBeforeStart(deps, job, c.req.raw.signal))
    if (job !== undefined && open !== undefined) {
      const step = ui.text.assistant.names[open.step]
      found.set(id, { problem: { problem: 'step_open', id, step }, href: openPath(ui, job, open) })
    }
  }
  return found
}

async function drawList(
  c: Context<AppEnv>,
  deps: AppDeps,
  results?: BulkResult[],
): Promise<Response> {
  const { store, settings, now, doubt } = deps
  const state = listStateOf(c)
  const filter = listFilterOf(state, settings.timeZone)
  const { sort, direction, cursor } = state
  const query = { ...filter, sort, direction, now: now() }
  const newest = await newestJobId(store.db)
  const page = await listJobs(store.db, { ...query, cursor, limit: PAGE_SIZE })
  const isOnePage = page.next === undefined && page.previous === undefined
  const ui = c.get('ui')
  const why = doubt()
  return c.html(
    <JobList
      ui={ui}
      state={state}
      {...page}
      repairers={await repairersOf(store.db, page.jobs)}
      counts={await countTabs(store.db)}
      templates={await listTemplates(store.db)}
      newest={newest}
      matching={isOnePage ? undefined : await matchingOf(store.db, query)}
      wrong={wrongPartsOf(c)}
      results={results}
      warning={why && problemOnPage(ui.language, why)}
    />,
  )
}

async function countTabs(db: Db): Promise<TabCounts> {
  const { in_motion, failed, with_rejects, waiting } = TAB_FILTERS
  return {
    all: await countJobs(db, {}),
    in_motion: await countJobs(db, in_motion),
    failed: await countJobs(db, failed),
    with_rejects: await countJobs(db, with_rejects),
    waiting: await countJobs(db, waiting),
  }
}

async function matchingOf(db: Db, query: Omit<JobQuery, 'limit'>): Promise<Matching> {
  const ids = await listIds(db, { ...query, limit: MAX_JOBS_AT_ONCE + 1 })
  return { ids: ids.slice(0, MAX_JOBS_AT_ONCE), isAll: ids.length <= MAX_JOBS_AT_ONCE }
}
