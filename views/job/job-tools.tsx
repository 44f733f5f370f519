import { allowedCommands } from '../../src/domain/states/commands.ts'
import { offersSource, usesPipe, type Job } from '../../src/domain/jobs/job.ts'
import { severalFilesOf } from '../../src/domain/records/source-files.ts'
import { pathsOf, storedId } from '../../src/domain/specification/stored-path.ts'
import { shown } from '../../src/i18n/shown.ts'
import { actLabel } from '../../src/i18n/catalogue.ts'
import { askInDialog, handFocusTo, swapInPlace } from '../ground/htmx.ts'
import type { Ui } from '../ground/ui.ts'
import { placeQuery, type TabPlace } from '../tabs/tabs.tsx'

/** The other commands for a job, besides its next step. */
export function JobTools({ ui, job, place }: { ui: Ui; job: Job; place: TabPlace }) {
  const { base, language, text } = ui
  const path = `${base}/jobs/${job.id}`
  const edit = `${path}/edit${placeQuery(place)}`
  const again = `${path}/run-again`
  const allowed = allowedCommands(job.status)
  // Its records can be imported only once.
  const isLinked = job.repair_of !== null
  return (
    <div
      id="job-tools"
      class="job-tools"
      role="group"
      aria-label={text.jobPage.tools}
      {...handFocusTo('job-more-button')}
    >
      {allowed.includes('run_again') && !usesPipe(job) && !isLinked && (
        <a
          id="button-run-again"
          class="button"
          href={again}
          {...askInDialog(`${again}${placeQuery(place)}`)}
        >
          {actLabel(language, 'run_again')}
        </a>
      )}{' '}
      <a id="button-report" class="button" href={`${path}/report`}>
        {text.job.report}
      </a>{' '}
      <details id="job-more" class="more">
        <summary id="job-more-button" class="button">
          {text.form.more}
        </summary>
        <ul>
          {!isLinked && (
            <li>
              <button type="submit" form="form-new-job" id="button-duplicate">
                {actLabel(language, 'duplicate')}
              </button>
            </li>
          )}
          <li>
            <a id="job-edit" href={edit} {...swapInPlace(edit, '#job-title')}>
              {text.job.edit}
            </a>
          </li>
          {!isLinked && (
            <li>
              <a id="save-template" href={`${path}/template`}>
                {text.templates.save.button}
              </a>
            </li>
          )}
          {offersSource(job) && <SourceLinks ui={ui} job={job} />}
          {allowed.includes('delete') && (
            <li>
              <a id="button-delete" href={`${path}/delete`}>
                {actLabel(language, 'delete')}
              </a>
            </li>
          )}
        </ul>
      </details>
    </div>
  )
}

/** A link to the source of an import, or to each of its files. */
function SourceLinks({ ui, job }: { ui: Ui; job: Job }) {
  const paths = pathsOf(job.specification)
  const names = severalFilesOf(job).map(({ name }) => name)
  return paths.map((path, at) => {
    const name = names[at] ?? (storedId(path) === undefined ? path.split('/').at(-1) : undefined)
    const which = paths.length === 1 ? '' : `: ${shown(name ?? String(at + 1))}`
    return (
      <li>
        <a
          id={at === 0 ? 'download-source' : `download-source-${at + 1}`}
          href={`${ui.base}/jobs/${job.id}/source${at === 0 ? '' : `?file=${at + 1}`}`}
        >
          {`${ui.text.upload.source}${which}`}
        </a>
      </li>
    )
  })
}
