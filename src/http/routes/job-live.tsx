import { JobAside } from '../../../views/job/job-aside.tsx'
import { JobLive } from '../../../views/job/job-live.tsx'
import { JobTools } from '../../../views/job/job-tools.tsx'
import { PageTitle } from '../../../views/parts/layout.tsx'
import { JobTexts, titleOf } from '../../../views/tabs/title.tsx'
import type { TabPlace } from '../../../views/tabs/tabs.tsx'
import type { Ui } from '../../../views/ground/ui.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { inMotion } from '../../domain/states/status.ts'
import type { AppDeps } from '../ground/env.ts'
import { jobOf, tabPlaceOf, wholeNumber } from '../ground/params.ts'
import type { Handler } from '../ground/route.ts'
import { readAside, readFigures } from '../responses/figures.ts'
import { followJournal } from '../responses/journal-tab.tsx'

/** The head of a tab, and what came to the journal since the page was drawn. */
export function showLive(deps: AppDeps): Handler {
  return async (c) => {
    const ui = c.get('ui')
    const place = tabPlaceOf(c)
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
