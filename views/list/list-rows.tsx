import type { ListedJob, Repairer } from '../../src/domain/jobs/job.ts'
import type { Repairers } from '../../src/engine/list/repairers.ts'
import { shareOf } from '../../src/domain/jobs/pace.ts'
import { inMotion } from '../../src/domain/states/status.ts'
import { typeLabel } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { formatPercent } from '../../src/i18n/format.ts'
import { shown } from '../../src/i18n/shown.ts'
import { poll } from '../ground/htmx.ts'
import { ToldOutcomeBar } from '../parts/outcome-bar.tsx'
import { ShortDate } from '../parts/short-date.tsx'
import { Stall } from '../parts/stall.tsx'
import { StatusBadge } from '../parts/status-badge.tsx'
import { duration, number, shortDateTime, type Ui } from '../ground/ui.ts'
import { JobLine } from './job-line.tsx'

/** Poll interval if no job moves: somebody else may start one. */
const RESTING_SECONDS = 10
const MOVING_SECONDS = 2

export type JobRowsProps = { ui: Ui; jobs: ListedJob[]; repairers: Repairers }

/**
 * The rows, updated in place: the poll asks for exactly the jobs on the screen, so no row moves
 * under the pointer.
 */
export function JobRows({ ui, jobs, repairers }: JobRowsProps) {
  const url = `${ui.base}/jobs/rows?ids=${jobs.map((job) => job.id).join('.')}`
  const seconds = jobs.some((job) => inMotion(job.status)) ? MOVING_SECONDS : RESTING_SECONDS
  const polling = jobs.length === 0 ? {} : poll(url, { seconds, tag: rowsTag(jobs) })
  return (
    <tbody id="job-rows" {...polling}>
      {jobs.map((job) => (
        <JobRow ui={ui} job={job} repairers={repairers.get(job.id)} />
      ))}
    </tbody>
  )
}

/** A tag that changes when one of these jobs changes. */
export function rowsTag(jobs: { revision: number | undefined }[]): string {
  return jobs.map((job) => job.revision).join('.')
}

type JobRowProps = { ui: Ui; job: ListedJob; repairers: readonly Repairer[] | undefined }

function JobRow({ ui, job, repairers }: JobRowProps) {
  const { id, label, type, counters } = job
  return (
    <tr id={`job-${id}`}>
      <td class="box">
        <label>
          <input
            type="checkbox"
            name="id"
            value={String(id)}
            id={`select-${id}`}
            aria-label={fill(ui.text.list.select, { id, label })}
          />
        </label>
      </td>
      <td class="col-status">
        <StatusBadge ui={ui} job={job} repairers={repairers}>
          <Share ui={ui} job={job} />
          <Stall ui={ui} job={job} />
        </StatusBadge>
      </td>
      <td class="col-label">
        <a id={`open-${id}`} href={`${ui.base}/jobs/${id}`}>
          {shown(label)}
        </a>{' '}
        <JobLine ui={ui} job={job} />
        <span class="narrow-only quiet" data-text={narrowText(ui, job)} />
      </td>
      <td class="col-outcome">
        <ToldOutcomeBar ui={ui} job={job} />
      </td>
      <td class="time wide-only">
        <ShortDate ui={ui} iso={job.started_at} />
      </td>
      <td class="time wide-only">
        <ShortDate ui={ui} iso={job.ended_at} />
      </td>
      <td class="wide-only">{typeLabel(ui.language, type)}</td>
      <td class="number wide-only">{duration(ui, job)}</td>
      <td class={`number wide-only${zeroClass(counters.processed)}`}>
        {number(ui, counters.processed)}
      </td>
      <td class={`number${counters.rejects > 0 ? ' has-rejects' : zeroClass(0)}`}>
        {number(ui, counters.rejects)}
      </td>
    </tr>
  )
}

/** The cells that a narrow screen hides, as an attribute, because text browsers would show both. */
function narrowText(ui: Ui, { started_at: from, type, counters, ...job }: ListedJob): string {
  const label = typeLabel(ui.language, type)
  if (from === null) return label
  const processed = fill(ui.text.job.processed, { n: number(ui, counters.processed) })
  const time = duration(ui, { ...job, started_at: from })
  return [label, shortDateTime(ui, from), time, processed].join(' · ')
}

/** Zeros are greyed out. */
function zeroClass(count: number): string {
  return count === 0 ? ' zero' : ''
}

function Share({ ui, job }: { ui: Ui; job: ListedJob }) {
  const share = inMotion(job.status) ? shareOf(job) : null
  return share === null ? null : (
    <>
      {' '}
      <span class="quiet share">{formatPercent(ui.language, share)}</span>
    </>
  )
}
