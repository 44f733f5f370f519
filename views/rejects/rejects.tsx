import { Pages } from '../parts/pages.tsx'
import { filterText, PrintedFilter, type FilterParts } from '../parts/printed-filter.tsx'
import { RejectExports } from './reject-exports.tsx'
import { RejectFilter, RejectSummary } from './reject-summary.tsx'
import { RejectTable } from './reject-table.tsx'
import { rejectsUrl } from './rejects-url.ts'
import type { RejectsProps } from './rejects-props.ts'

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
