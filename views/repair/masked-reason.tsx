import type { Job } from '../../src/domain/jobs/job.ts'
import type { OpenKind } from '../../src/engine/repair/open-kinds.ts'
import { fill } from '../../src/i18n/console.ts'
import { number, type Ui } from '../ground/ui.ts'
import type { RepairRow } from './repair-cell.tsx'
import { RepairFrame } from './repair-frame.tsx'
import { RepairGrid } from './repair-grid.tsx'
import { RepairPages } from './repair-pages.tsx'
import { SetAside } from './repair-set-aside.tsx'
import { placeAnswers, repairUrl, type RepairPlace } from './repair-url.ts'

export type MaskedReasonProps = {
  ui: Ui
  job: Job
  kind: OpenKind
  place: RepairPlace
  rows: RepairRow[]
  /** The last record of the page. */
  last: number | undefined
  isMore: boolean
  alert: string | undefined
}

/** The rejected records of one reason whose values are not kept, to be set aside. */
export function MaskedReason(props: MaskedReasonProps) {
  const { ui, job, kind, place, rows, last, isMore, alert } = props
  const { rejects, repair } = ui.text
  const field = place.field ?? rejects.wholeRecord
  const action = repairUrl(ui, job.id)
  return (
    <RepairFrame
      ui={ui}
      job={job}
      title={fill(repair.maskedTitle, { field, code: kind.code })}
      isReason
      alert={alert}
      form={{ id: 'repair-form', action, answers: placeAnswers(place) }}
      tools={
        <span class="repair-count">{fill(repair.openRecords, { n: number(ui, kind.open) })}</span>
      }
    >
      {rows.length === 0 ? (
        <p class="empty">
          {repair.nothingOpenHere} <a href={action}>{repair.allReasons}</a>
        </p>
      ) : (
        <form id="repair-form" class="repair-form" method="post" action={action}>
          <input type="hidden" name="code" value={place.code} />
          <input type="hidden" name="field" value={place.field ?? ''} />
          <input type="hidden" name="after" value={String(place.after)} />
          <input type="hidden" name="last" value={String(last ?? 0)} />
          <p class="quiet">{repair.masked}</p>
          <RepairGrid ui={ui} jobId={job.id} names={[]} rows={rows} isForm />
          <RepairPages ui={ui} jobId={job.id} place={place} isMore={isMore} />
          <SetAside ui={ui} open={kind.open} />
        </form>
      )}
    </RepairFrame>
  )
}
