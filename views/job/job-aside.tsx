import type { Job, ListedJob } from '../../src/domain/jobs/job.ts'
import { isEditable } from '../../src/domain/states/commands.ts'
import type { Ui } from '../ground/ui.ts'
import { RunsChart } from '../charts/runs-chart.tsx'
import { templateFacts } from '../templates/template-name.tsx'
import type { Template } from '../../src/domain/templates/template.ts'
import type { FoundDialect } from '../formats/format-facts.ts'
import { Specification } from '../tabs/specification.tsx'

export type AsideProps = {
  ui: Ui
  job: Job
  found: FoundDialect | undefined
  /** The template that it was made from; undefined where that is gone. */
  template: Template | undefined
  /** The last runs of the same template or specification, oldest first and this one among them. */
  runs: ListedJob[]
}

/** The parts that do not change while a job runs: its specification and its other runs. */
export function JobAside({ ui, job, found, runs, template }: AsideProps) {
  return (
    <div id="job-aside" class="job-aside">
      <div id="asked">
        <Specification
          ui={ui}
          job={job}
          found={found}
          isOnPage
          template={templateFacts(ui, job, template)}
        />
        {isEditable(job.status) && (
          <a id="edit-asked" class="button" href={`${ui.base}/jobs/${job.id}/specification`}>
            {ui.text.form.editSpecification}
          </a>
        )}
      </div>
      {runs.length > 1 && <RunsChart ui={ui} job={job} runs={runs} />}
    </div>
  )
}
