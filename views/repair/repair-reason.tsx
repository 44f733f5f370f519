import type { Job } from '../../src/domain/jobs/job.ts'
import type { OpenKind } from '../../src/engine/repair/open-kinds.ts'
import type { FormatKey } from '../../src/domain/specification/fields/named-formats.ts'
import { fill } from '../../src/i18n/console.ts'
import { Icon } from '../parts/icon.tsx'
import { number, type Ui } from '../ground/ui.ts'
import { exportUrl } from '../rejects/rejects-url.ts'
import { RepairFrame } from './repair-frame.tsx'
import type { RepairRow } from './repair-cell.tsx'
import { RepairGrid } from './repair-grid.tsx'
import { RepairPages } from './repair-pages.tsx'
import { RepairRuleFields } from './repair-rule.tsx'
import { SetAside } from './repair-set-aside.tsx'
import { NO_RULE, placeAnswers, repairUrl, type RepairPlace } from './repair-url.ts'

export type RepairReasonProps = {
  ui: Ui
  job: Job
  kind: OpenKind
  place: RepairPlace
  /** The formats in which its values may be written; undefined where the whole record is at fault. */
  formats: readonly FormatKey[] | undefined
  /** Of the columns shown. */
  names: string[]
  rows: RepairRow[]
  fitting: { looked: number; fit: number; isCapped: boolean }
  /** A record of another page that does not fit. */
  nextMisfit: number | undefined
  hasDrafts: boolean
  /** Stands for the rule and the corrections that are checked. */
  checked: string
  /** The last record of the page. */
  last: number | undefined
  isMore: boolean
  alert: string | undefined
}

/** The rejected records of one reason, to be corrected one by one or by one rule for all. */
export function RepairReason(props: RepairReasonProps) {
  const { ui, job, kind, place, rows, alert } = props
  const { rejects, repair } = ui.text
  const field = place.field ?? rejects.wholeRecord
  const action = repairUrl(ui, job.id)
  return (
    <RepairFrame
      ui={ui}
      job={job}
      title={fill(repair.reasonTitle, { field, code: kind.code })}
      isReason
      alert={alert}
      form={{ id: 'repair-form', action, answers: placeAnswers(place) }}
      tools={
        <div class="repair-tools">
          <span class="repair-count">{fill(repair.openRecords, { n: number(ui, kind.open) })}</span>{' '}
          <a
            class="button"
            id="export-these"
            href={exportUrl(
              ui,
              job.id,
              { type: 'error', code: kind.code, field: kind.field },
              'repair',
            )}
            download
          >
            {rejects.exportChosen}
          </a>
        </div>
      }
    >
      {rows.length === 0 ? (
        <p class="empty">
          {repair.nothingOpenHere} <a href={repairUrl(ui, job.id)}>{repair.allReasons}</a>
        </p>
      ) : (
        <ReasonForm {...props} action={action} field={field} />
      )}
    </RepairFrame>
  )
}

type FormProps = RepairReasonProps & { action: string; field: string }

function ReasonForm(props: FormProps) {
  const { ui, job, place, formats, names, rows, action, field, last, isMore } = props
  return (
    <form id="repair-form" class="repair-form" method="post" action={action}>
      <input type="hidden" name="once" value={ui.idempotencyKey} />
      <input type="hidden" name="code" value={place.code} />
      <input type="hidden" name="field" value={place.field ?? ''} />
      <input type="hidden" name="after" value={String(place.after)} />
      <input type="hidden" name="last" value={String(last ?? 0)} />
      <input type="hidden" name="open" value={String(props.kind.open)} />
      <input type="hidden" name="checked" value={props.checked} />
      {formats !== undefined && (
        <RepairRuleFields
          ui={ui}
          rule={place.rule}
          field={field}
          open={props.kind.open}
          formats={formats}
        />
      )}
      <FittingText {...props} />
      <RepairGrid ui={ui} jobId={job.id} names={names} rows={rows} isForm />
      <RepairPages ui={ui} jobId={job.id} place={place} isMore={isMore} />
      <ImportButtons {...props} />
      <SetAside ui={ui} open={props.kind.open} />
    </form>
  )
}

/** What fits by now; the button keeps what is typed and checks it. */
function FittingText({ ui, fitting, kind, nextMisfit }: RepairReasonProps) {
  const { repair } = ui.text
  const { looked, fit, isCapped } = fitting
  const values = { fit: number(ui, fit), all: number(ui, isCapped ? looked : kind.open) }
  const left = looked - fit
  return (
    <div class="repair-fitting" id="repair-fitting">
      <span class={fit > 0 ? 'fit' : 'quiet'}>
        {fit > 0 && <Icon ui={ui} name="finished" />}{' '}
        {fill(isCapped ? repair.fitOfFirst : repair.fitOf, values)}
      </span>{' '}
      {left > 0 && !isCapped && (
        <span class="quiet">{fill(repair.byHand, { n: number(ui, left) })}</span>
      )}{' '}
      <button type="submit" name="act" value="check" class="button" id="button-check">
        {repair.check}
      </button>{' '}
      {nextMisfit !== undefined && (
        <button
          type="submit"
          name="misfit"
          value={String(nextMisfit)}
          class="button"
          id="button-misfit"
        >
          {repair.nextMisfit}
        </button>
      )}
    </div>
  )
}

function ImportButtons({ ui, job, place, fitting, hasDrafts }: RepairReasonProps) {
  const { repair } = ui.text
  const { fit, isCapped } = fitting
  const words = isCapped ? repair.importAllThatFit : repair.importThatFit
  return (
    <div class="repair-buttons">
      {fit > 0 && (
        <button
          type="submit"
          name="act"
          value="import"
          class="button button-primary"
          id="button-import"
        >
          {fill(words, { n: number(ui, fit) })}
        </button>
      )}{' '}
      {fit > 0 && (
        <span class="quiet">
          {fill(repair.asNewJob, { label: fill(repair.label, { id: job.id }) })}
        </span>
      )}{' '}
      <button type="submit" name="act" value="save" class="button" id="button-save">
        {repair.save}
      </button>{' '}
      {(hasDrafts || place.rule.rule !== NO_RULE.rule) && (
        <button type="submit" name="act" value="discard" class="button" id="button-discard">
          {repair.discard}
        </button>
      )}
    </div>
  )
}
