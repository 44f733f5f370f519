import type { ListedJob } from '../../src/domain/jobs/job.ts'
import type { TemplateHistory } from '../../src/engine/templates/template-history.ts'
import type { Template } from '../../src/domain/templates/template.ts'
import { fill } from '../../src/i18n/console.ts'
import { formatShortTime } from '../../src/i18n/format.ts'
import { shown } from '../../src/i18n/shown.ts'
import { dateTime, duration, number, type Ui } from '../ground/ui.ts'
import { StatusBadge } from '../parts/status-badge.tsx'

type RunsProps = Pick<TemplateHistory, 'runs' | 'medians'> & { ui: Ui; template: Template }

/** The last jobs of a template, and what they had in the middle. */
export function TemplateRuns({ ui, template, runs, medians }: RunsProps) {
  const { templates: words } = ui.text
  const heads = [words.status, words.job, words.started]
  const counted = [words.duration, words.processed, words.rejects]
  return (
    <section class="apart" id="runs" aria-labelledby="runs-title">
      <h2 id="runs-title">{words.runs}</h2>
      {medians !== null && (
        <p id="medians">
          {fill(words.medians, {
            time: formatShortTime(ui.language, medians.duration),
            n: number(ui, medians.rejects),
          })}
        </p>
      )}
      {runs.length === 0 ? (
        <p class="quiet">{words.noRuns}</p>
      ) : (
        <div class="scroller">
          <table class="table stacked" aria-labelledby="runs-title">
            <thead>
              <tr>
                {heads.map((heading) => (
                  <th scope="col">{heading}</th>
                ))}
                {counted.map((heading) => (
                  <th scope="col" class="number">
                    {heading}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {runs.map((run) => (
                <RunRow ui={ui} run={run} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {runs.length > 0 && (
        <p>
          <a href={`${ui.base}/jobs?template=${template.key}`}>{words.allRuns}</a>
        </p>
      )}
    </section>
  )
}

function RunRow({ ui, run }: { ui: Ui; run: ListedJob }) {
  const { templates: words } = ui.text
  return (
    <tr>
      <td data-name={words.status}>
        <StatusBadge ui={ui} job={run} />
      </td>
      <td data-name={words.job}>
        <a href={`${ui.base}/jobs/${run.id}`}>{shown(`${run.id} ${run.label}`)}</a>
      </td>
      <td data-name={words.started}>{dateTime(ui, run.started_at)}</td>
      <td class="number" data-name={words.duration}>
        {duration(ui, run)}
      </td>
      <td class="number" data-name={words.processed}>
        {number(ui, run.counters.processed)}
      </td>
      <td class="number" data-name={words.rejects}>
        {number(ui, run.counters.rejects)}
      </td>
    </tr>
  )
}
