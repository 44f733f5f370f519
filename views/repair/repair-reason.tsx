import type { Job } from '../../src/domain/jobs/job.ts'
import type { OpenKind } from '../../src/engine/repair/open-kinds.ts'
import type { FormatKey } from '../../src/domain/specification/fields/named-formats.ts'
import { fill } from '../../src/i18n/console.ts'
import { number, type Ui } from '../ground/ui.ts'
import { exportUrl } from '../rejects/rejects-url.ts'
import { FittingFigure, ImportChoices, type FittingFigures } from './import-choices.tsx'
import { MaskedNote, type MaskedPart } from './repair-by-file.tsx'
import { RepairFrame } from './repair-frame.tsx'
import type { RepairRow } from './repair-cell.tsx'
import { RepairConflicts, type ShownConflict } from './repair-conflicts.tsx'
import { RepairGrid, RepairPages } from './repair-grid.tsx'
import { RepairRuleFields } from './repair-rule.tsx'
import { SetAside, type AsideAnswers } from './repair-set-aside.tsx'
import { RepairTouched, type ShownTouch } from './repair-touched.tsx'
import { NO_RULE, placeAnswers, repairUrl, type RepairPlace } from './repair-url.ts'

export type RepairReasonProps = {
  ui: Ui
  job: Job
  kind: OpenKind
  place: RepairPlace
  /** The formats in which its values may be written; undefined where the whole record is at fault. */
  formats: readonly FormatKey[] | undefined
  /** The first year that two digits mean in a date; undefined where the field is none. */
  firstYear: number | undefined
  /** Of the columns shown. */
  names: string[]
  rows: RepairRow[]
  fitting: FittingFigures & { kept: number; isPart: boolean }
  /** Undefined where nothing of the job is sensitive. */
  masked: MaskedPart | undefined
  /** A record of another page that does not fit. */
  nextMisfit: number | undefined
  hasDrafts: boolean
  /** Stands for the rule and the corrections that are checked. */
  checked: string
  /** The last record of the page. */
  last: number | undefined
  isMore: boolean
  /** What was to be set aside by a form that is refused. */
  aside: AsideAnswers
  alert: string | undefined
  /** What two have corrected, and what others did meanwhile. */
  conflicts: ShownConflict[]
  touched: { touched: ShownTouch[]; count: number }
  /** When a record of the reason was touched last. */
  lastTouch: string
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
      <RepairTouched ui={ui} jobId={job.id} {...props.touched} />
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
  const { ui, job, place, formats, names, rows, action, field, last, isMore, aside } = props
  return (
    <form id="repair-form" class="repair-form" method="post" action={action}>
      <input type="hidden" name="once" value={ui.idempotencyKey} />
      <input type="hidden" name="code" value={place.code} />
      <input type="hidden" name="field" value={place.field ?? ''} />
      <input type="hidden" name="after" value={String(place.after)} />
      {place.isAll === true && <input type="hidden" name="all" value="yes" />}
      <input type="hidden" name="last" value={String(last ?? 0)} />
      <input type="hidden" name="open" value={String(props.kind.open)} />
      <input type="hidden" name="checked" value={props.checked} />
      <input type="hidden" name="touched" value={props.lastTouch} />
      <RepairConflicts ui={ui} jobId={job.id} conflicts={props.conflicts} />
      {formats !== undefined && (
        <RepairRuleFields
          ui={ui}
          rule={place.rule}
          field={field}
          open={props.kind.open}
          formats={formats}
          firstYear={props.firstYear}
        />
      )}
      <MaskedNote ui={ui} job={job} masked={props.masked} />
      <FittingText {...props} />
      <RepairGrid ui={ui} jobId={job.id} names={names} rows={rows} isForm picked={aside.picked} />
      <RepairPages ui={ui} jobId={job.id} place={place} isMore={isMore} />
      <ImportButtons {...props} />
      <SetAside ui={ui} open={props.kind.open} reason={aside.reason} />
    </form>
  )
}

/** What fits by now; the button keeps what is typed and checks it. */
function FittingText({ ui, fitting, kind, nextMisfit, isMore }: RepairReasonProps) {
  const { repair } = ui.text
  const { looked, fit, kept, isCapped, isPart } = fitting
  const left = looked - fit
  return (
    <div class="repair-fitting" id="repair-fitting">
      <FittingFigure ui={ui} fitting={fitting} all={kind.open} />{' '}
      {left > 0 && !isCapped && !isPart && (
        <span class="quiet">{fill(repair.byHand, { n: number(ui, left) })}</span>
      )}{' '}
      {kept > 0 && (
        <span class="quiet" id="repair-kept">
          {fill(repair.kept, { n: number(ui, kept), undo: repair.discard })}
        </span>
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
      {isPart && (
        <button type="submit" name="act" value="check_all" class="button" id="button-check-all">
          {fill(repair.checkAll, { n: number(ui, kind.open) })}
        </button>
      )}{' '}
      {nextMisfit === undefined && (isCapped || isPart) && isMore && (
        <button type="submit" name="act" value="next_misfit" class="button" id="button-search">
          {repair.searchMisfit}
        </button>
      )}
    </div>
  )
}

function ImportButtons({ ui, job, place, fitting, hasDrafts }: RepairReasonProps) {
  const { repair } = ui.text
  return (
    <div class="repair-buttons">
      <ImportChoices ui={ui} jobId={job.id} fitting={fitting} />{' '}
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
