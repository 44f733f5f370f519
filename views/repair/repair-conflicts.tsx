import { fill } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import { dateTime, lineText, number, type Ui } from '../ground/ui.ts'
import { RawText } from '../rejects/raw-text.tsx'
import { recordUrl } from '../rejects/rejects-url.ts'
import { Shown, Value } from './repair-cell.tsx'

type TypedInput = { name: string; text: string; shown: string | undefined }

/** A record that two have corrected. */
export type ShownConflict = {
  record: number
  line: number
  file: string | undefined
  /** Who corrected it first, and when; undefined where that was taken back. */
  corrected: { by: string; at: string } | undefined
  /** Stands for that correction. */
  mark: string
  /** What both have put in; without a title, for the whole record. */
  values: (TypedInput & { title: string | undefined; theirs: string })[]
  /** What the second typed besides. */
  others: TypedInput[]
}

type ConflictsProps = { ui: Ui; jobId: number; conflicts: ShownConflict[] }

/** What two have corrected: both values, and whose counts. What is typed is kept in the form. */
export function RepairConflicts({ ui, jobId, conflicts }: ConflictsProps) {
  if (conflicts.length === 0) return null
  const { rejects, repair } = ui.text
  return (
    <section class="repair-conflicts" id="repair-conflicts" aria-labelledby="conflicts-title">
      <h2 id="conflicts-title">{repair.bothCorrected}</h2>
      <table class="table repair-table">
        <thead>
          <tr>
            <th scope="col" class="number">
              {rejects.line}
            </th>
            <th scope="col">{repair.value}</th>
            <th scope="col">{repair.theirs}</th>
            <th scope="col">{repair.mine}</th>
            <th scope="col">{repair.whose}</th>
          </tr>
        </thead>
        <tbody>
          {conflicts.map((one) =>
            one.values.map((value, at) => (
              <tr>
                <td class="number" data-name={rejects.line}>
                  <a href={recordUrl(ui, jobId, one.record)}>{lineText(ui, one.line, one.file)}</a>
                </td>
                <td data-name={repair.value}>
                  <RawText>{value.title ?? rejects.wholeRecord}</RawText>
                </td>
                <td class="value" data-name={repair.theirs}>
                  <Value ui={ui} text={value.theirs} /> <By ui={ui} act={one.corrected} />
                </td>
                <td class="value" data-name={repair.mine}>
                  <Mine ui={ui} record={one.record} value={value} />
                </td>
                <td class="state">{at === 0 && <Choice ui={ui} conflict={one} />}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
      <button
        type="submit"
        name="act"
        value="check"
        class="button button-primary"
        id="button-decide"
      >
        {repair.decide}
      </button>
    </section>
  )
}

function By({ ui, act }: { ui: Ui; act: ShownConflict['corrected'] }) {
  if (act === undefined) return <span class="quiet">{ui.text.repair.takenBack}</span>
  return <span class="quiet by">{`${shown(act.by)}, ${dateTime(ui, act.at)}`}</span>
}

type MineProps = { ui: Ui; record: number; value: ShownConflict['values'][number] }

function Mine({ ui, record, value: { name, text, title, shown: mark } }: MineProps) {
  const { rejects, repair } = ui.text
  const input = {
    class: 'input',
    name,
    'aria-label': fill(repair.mineOf, {
      name: title ?? rejects.wholeRecord,
      n: number(ui, record),
    }),
    autocomplete: 'off',
    spellcheck: false,
  } as const
  return (
    <>
      <Shown name={name} mark={mark} />
      {title === undefined || /[\r\n]/.test(text) ? (
        <textarea {...input} rows={3}>
          {`\n${text}`}
        </textarea>
      ) : (
        <input type="text" {...input} value={text} />
      )}
    </>
  )
}

/** One decision for a record, and what the form has to keep besides. */
function Choice({ ui, conflict }: { ui: Ui; conflict: ShownConflict }) {
  const { repair } = ui.text
  const { record, line, file, mark, others } = conflict
  const name = `keep.${record}`
  return (
    <fieldset class="repair-whose">
      <legend class="visually-hidden">
        {fill(repair.whoseOf, { line: lineText(ui, line, file) })}
      </legend>
      <input type="hidden" name={`theirs.${record}`} value={mark} />
      {others.map((other) => (
        <>
          <input type="hidden" name={other.name} value={other.text} />
          <Shown name={other.name} mark={other.shown} />
        </>
      ))}
      {(['theirs', 'mine'] as const).map((whose) => (
        <span class="repair-choice">
          <input type="radio" name={name} id={`keep-${record}-${whose}`} value={whose} />{' '}
          <label for={`keep-${record}-${whose}`}>
            {whose === 'mine' ? repair.takeMine : repair.keepTheirs}
          </label>
        </span>
      ))}
    </fieldset>
  )
}
