import type { RejectKind } from '../../src/engine/reject-kinds.ts'
import type { ListedReject } from '../../src/domain/reject.ts'
import type { Job } from '../../src/domain/job.ts'
import { PrintedFilter } from '../parts/printed-filter.tsx'
import type { Ui } from '../ui.ts'
import { RejectFilter, RejectSummary } from './reject-summary.tsx'
import { RejectRows } from './reject-rows.tsx'
import { rejectsUrl, type RejectState } from './rejects-url.ts'

export type RejectsProps = {
  ui: Ui
  job: Job
  state: RejectState
  rejects: ListedReject[]
  /** All kinds of the job's rejects, the most frequent first; some of them with an example. */
  kinds: (RejectKind & { example?: ListedReject | undefined })[]
  next?: string | undefined
  previous?: string | undefined
}

/** The rejected records of a job: their kinds counted, and then each one in the order of the source. */
export function Rejects(props: RejectsProps) {
  const { ui, job, kinds } = props
  if (kinds.length === 0) return <NoRejects ui={ui} job={job} />
  return (
    <section class="rejects" id="rejects">
      <div class="toolbar">
        <RejectFilter {...props} />
        {job.counters.rejects > 0 && (
          <a class="button" id="export-rejects" href={`${rejectsUrl(ui, job.id)}/export`} download>
            {ui.text.rejects.export}
          </a>
        )}
      </div>
      <PrintedFilter parts={chosen(props)} />
      <RejectSummary {...props} />
      <RejectTable {...props} />
      <Pages {...props} />
    </section>
  )
}

function chosen({ ui: { text }, state }: RejectsProps): [string, string | undefined][] {
  const { type, code, field } = state
  return [
    [text.rejects.type, type && text.rejects.types[type]],
    [text.rejects.code, code],
    [text.rejects.field, field ?? (field === null ? text.rejects.wholeRecord : undefined)],
  ]
}

function NoRejects({ ui: { text }, job: { type, ended_at } }: Pick<RejectsProps, 'ui' | 'job'>) {
  const words =
    type === 'export'
      ? text.rejects.exportsNothing
      : ended_at === null
        ? text.rejects.noneYet
        : text.rejects.none
  return <p class="empty">{words}</p>
}

function RejectTable({ ui, job, rejects }: RejectsProps) {
  const { text } = ui
  return (
    <section class="scroller" tabindex={0} id="reject-scroller" aria-label={text.rejects.records}>
      <table class="table reject-table">
        <caption class="visually-hidden">{text.rejects.records}</caption>
        <thead>
          <tr>
            <th scope="col">{text.rejects.type}</th>
            <th scope="col" class="wide-only">
              {text.rejects.at}
            </th>
            <th scope="col" class="wide-only">
              {text.rejects.connector}
            </th>
            <th scope="col" class="wide-only">
              {text.rejects.origin}
            </th>
            <th scope="col" class="number">
              {text.rejects.record}
            </th>
            <th scope="col" class="number wide-only">
              {text.rejects.line}
            </th>
            <th scope="col" class="wide-only">
              {text.rejects.field}
            </th>
            <th scope="col" class="wide-only">
              {text.rejects.code}
            </th>
            <th scope="col">{text.rejects.message}</th>
          </tr>
        </thead>
        <RejectRows ui={ui} job={job} rejects={rejects} />
      </table>
      {rejects.length === 0 && <p class="empty">{text.rejects.noMatch}</p>}
    </section>
  )
}

function Pages({ ui, job, state, next, previous }: RejectsProps) {
  const { text } = ui
  if (next === undefined && previous === undefined) return null
  const url = (cursor: string) => rejectsUrl(ui, job.id, { ...state, cursor })
  return (
    <nav class="pages" aria-label={text.list.pages}>
      {previous !== undefined && (
        <a class="button" id="rejects-previous" rel="prev" href={url(previous)}>
          {text.list.previous}
        </a>
      )}
      {next !== undefined && (
        <a class="button" id="rejects-next" rel="next" href={url(next)}>
          {text.list.next}
        </a>
      )}
    </nav>
  )
}
