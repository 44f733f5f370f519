import type { RejectKind } from '../../src/engine/rejects/reject-kinds.ts'
import type { ListedReject } from '../../src/domain/records/reject.ts'
import type { Job } from '../../src/domain/jobs/job.ts'
import type { Glance } from '../../src/pipeline/formats/inspection/glance.ts'
import { Pages } from '../parts/pages.tsx'
import { filterText, PrintedFilter, type FilterParts } from '../parts/printed-filter.tsx'
import type { Ui } from '../ground/ui.ts'
import { RejectExports } from './reject-exports.tsx'
import { RejectFilter, RejectSummary } from './reject-summary.tsx'
import { RejectTable } from './reject-table.tsx'
import { rejectsUrl, type RejectState } from './rejects-url.ts'

/** A reject with the values of its record that a list shows. */
export type ShownReject = ListedReject & Glance

export type RejectsProps = {
  ui: Ui
  job: Job
  state: RejectState
  rejects: ShownReject[]
  /** All kinds of the job's rejects, most frequent first, some with an example. */
  kinds: (RejectKind & { example?: ListedReject | undefined })[]
  next?: string | undefined
  previous?: string | undefined
}

/** The rejects of a job: the kinds with counts, then each reject in source order. */
export function Rejects(props: RejectsProps) {
  const { ui, job, kinds } = props
  if (kinds.length === 0) return <NoRejects ui={ui} job={job} />
  return (
    <section class="rejects" id="rejects">
      <div class="toolbar">
        <RejectFilter {...props} />
        <RejectExports {...props} />
      </div>
      <PrintedFilter parts={chosen(props)} />
      <RejectSummary {...props} />
      <RejectTable {...props} chosen={filterText(chosen(props))} />
      <Pages
        ui={ui}
        url={(cursor) => rejectsUrl(ui, job.id, { ...props.state, cursor })}
        next={props.next}
        previous={props.previous}
      />
    </section>
  )
}

function chosen({ ui: { text }, state }: RejectsProps): FilterParts {
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
