import { allowedCommands, isEditable, type Command } from '../../src/domain/commands.ts'
import type { Job } from '../../src/domain/job.ts'
import { actLabel } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { confirmFirst, handFocusTo, sendInPlace } from '../htmx.ts'
import { Icon } from '../parts/icon.tsx'
import type { Ui } from '../ui.ts'
import { placeQuery, type TabPlace } from './tabs.tsx'

/** In place: the job stays on the screen. The others lead to another page. */
const IN_PLACE = ['start', 'pause', 'cancel'] as const satisfies Command[]

type ControlsProps = { ui: Ui; job: Job; place: TabPlace; seen?: number | undefined }

/** A button for each command that the status allows, and no others. */
export function JobControls({ ui, job, place, seen }: ControlsProps) {
  const { base, text } = ui
  const inPlace = placeQuery(seen === undefined ? place : withSeen(place, seen))
  const allowed = allowedCommands(job.status)
  const path = `${base}/jobs/${job.id}`
  return (
    <div
      id="job-controls"
      class="controls"
      role="group"
      aria-label={text.job.controls}
      // Start and Pause take each other's place, or that of both stays empty for a while.
      tabindex={-1}
      {...handFocusTo('button-pause', 'button-start', 'job-controls')}
    >
      {IN_PLACE.filter((command) => allowed.includes(command)).map((command) => (
        <form
          id={`form-${command}`}
          method="post"
          action={`${path}/${command}${placeQuery(place)}`}
          // The new page says what it has shown of the journal, so that part is taken along with it.
          {...sendInPlace(
            `${path}/${command}${inPlace}`,
            '#job-live',
            '#job-notice',
            '#journal-section',
          )}
          {...(command === 'cancel'
            ? confirmFirst(fill(text.job.confirmCancel, { label: job.label }))
            : {})}
        >
          <button type="submit" id={`button-${command}`} class={`button button-${command}`}>
            <Icon ui={ui} name={command} />
            {actLabel(ui.language, command)}
          </button>
        </form>
      ))}
      {isEditable(job.status) && (
        <a id="button-specification" class="button" href={`${path}/specification`}>
          {text.form.editSpecification}
        </a>
      )}
      {allowed.includes('run_again') && (
        <button
          type="submit"
          form="form-new-job"
          formaction={`${path}/run-again`}
          id="button-run-again"
          class="button"
        >
          {actLabel(ui.language, 'run_again')}
        </button>
      )}
      <button type="submit" form="form-new-job" id="button-duplicate" class="button">
        {actLabel(ui.language, 'duplicate')}
      </button>
      {allowed.includes('delete') && (
        <a id="button-delete" class="button" href={`${path}/delete`}>
          {actLabel(ui.language, 'delete')}
        </a>
      )}
      <a id="button-report" class="button" href={`${path}/report`}>
        {text.job.report}
      </a>
    </div>
  )
}

/** In place the rejects on the screen stay, and so does what they are compared with. */
function withSeen({ tab, query }: TabPlace, seen: number): TabPlace {
  return { tab, query: { ...query, seen: String(seen) } }
}
