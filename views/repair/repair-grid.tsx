import { fill } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import { Icon } from '../parts/icon.tsx'
import { dateTime, lineText, number, type Ui } from '../ground/ui.ts'
import { RawText } from '../rejects/raw-text.tsx'
import { recordUrl } from '../rejects/rejects-url.ts'
import { ChangedRow } from './import-choices.tsx'
import { repairUrl, type RepairPlace } from './repair-url.ts'
import { RecordValue, WholeRecord, type RepairCell, type RepairRow } from './repair-cell.tsx'

type GridProps = {
  ui: Ui
  jobId: number
  names: string[]
  rows: RepairRow[]
  /** Whether rows are corrected and picked here, or only shown. */
  isForm: boolean
  /** The records that are ticked. */
  picked?: readonly number[]
}

/** Rejected records, a row each: what is at fault is an input, the rest stands beside it. */
export function RepairGrid({ rows, ...props }: GridProps) {
  const { ui, names, isForm } = props
  const { rejects, repair } = ui.text
  return (
    <section class="scroller" tabindex={0} id="repair-scroller" aria-label={rejects.records}>
      <table class="table repair-table">
        <caption class="visually-hidden">{rejects.records}</caption>
        <thead>
          <tr>
            {isForm && (
              <th scope="col" class="box">
                <span class="visually-hidden">{repair.pick}</span>
              </th>
            )}
            <th scope="col" class="number">
              {rejects.line}
            </th>
            {names.map((name) => (
              <th scope="col">
                <RawText>{name}</RawText>
              </th>
            ))}
            <th scope="col">{repair.state}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row {...props} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

type RowProps = Omit<GridProps, 'rows'> & { row: RepairRow }

function Row({ ui, jobId, names, row, isForm, picked = [] }: RowProps) {
  const { rejects, repair } = ui.text
  const { record, line, file, problem, field, cells } = row
  const problemId = problem === undefined ? undefined : `problem-${record}`
  return (
    <tr id={`record-${record}`}>
      {isForm && (
        <td class="box">
          <label>
            <input
              type="checkbox"
              id={`pick-${record}`}
              name={`pick.${record}`}
              value="yes"
              checked={picked.includes(record)}
              aria-label={fill(repair.pickRecord, { n: number(ui, record) })}
            />
          </label>
        </td>
      )}
      <td class="number" data-name={rejects.line}>
        <a href={recordUrl(ui, jobId, record)}>{lineText(ui, line, file)}</a>
      </td>
      {cells === undefined ? (
        <td colspan={names.length} class="whole">
          {isForm && !row.isLocked ? (
            <WholeRecord ui={ui} row={row} problemId={problemId} />
          ) : (
            <RawText>{row.text ?? ''}</RawText>
          )}
        </td>
      ) : (
        cells.map((cell, at) => (
          <td class={classOf(cell)} data-name={shown(names[at] ?? '')}>
            <RecordValue
              ui={ui}
              row={row}
              cell={cell}
              name={names[at] ?? ''}
              problemId={problemId}
            />
          </td>
        ))
      )}
      <td class="state">
        {problem === undefined ? (
          <span class="fit">
            <Icon ui={ui} name="finished" /> {repair.fits}{' '}
            <ChangedRow ui={ui} change={row.change} />
            <Reserve ui={ui} row={row} />
          </span>
        ) : (
          <span class="misfit" id={problemId}>
            <FieldText field={field} text={problem} />
          </span>
        )}{' '}
        {row.corrected !== undefined && (
          <span class="quiet by">
            {fill(repair.correctedBy, {
              by: shown(row.corrected.by),
              at: dateTime(ui, row.corrected.at),
            })}
          </span>
        )}
      </td>
    </tr>
  )
}

function FieldText({ field, text }: { field: string | undefined; text: string }) {
  return (
    <>
      {field !== undefined && (
        <b>
          <RawText>{field}</RawText>:
        </b>
      )}{' '}
      <RawText>{text}</RawText>
    </>
  )
}

/** What is to be known of a record that fits: that nothing of it is written, and its warning. */
function Reserve({ ui, row: { isIdle, warning } }: { ui: Ui; row: RepairRow }) {
  const { repair } = ui.text
  return (
    <>
      {isIdle && <span class="misfit">{repair.writesNothing}</span>}{' '}
      {warning !== undefined && (
        <span class="misfit">
          {repair.warns} <FieldText {...warning} />
        </span>
      )}
    </>
  )
}

function classOf({ isEdited, isAtFault, text, old }: RepairCell): string {
  if (isEdited) return isAtFault ? 'value at-fault' : 'value'
  return text.length + (old?.length ?? 0) <= SHORT ? 'value short' : 'value'
}

/** Characters of a value that stays on one line. */
const SHORT = 20

type PagesProps = { ui: Ui; jobId: number; place: RepairPlace; isMore: boolean }

/** Further pages of a reason; the button keeps what is typed. */
export function RepairPages({ ui, jobId, place, isMore }: PagesProps) {
  const { repair } = ui.text
  return (
    <div class="repair-pages">
      {place.after > 0 && (
        <a class="button" id="first-page" href={repairUrl(ui, jobId, { ...place, after: 0 })}>
          {repair.firstPage}
        </a>
      )}{' '}
      {isMore && (
        <button type="submit" name="act" value="next" class="button" id="button-next">
          {repair.next}
        </button>
      )}
    </div>
  )
}
