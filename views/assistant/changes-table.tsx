import type { CellChange, ChangedRow } from '../../src/domain/jobs/changed-row.ts'
import { shown } from '../../src/i18n/shown.ts'
import type { Job } from '../../src/domain/jobs/job.ts'
import { originOf, severalFilesOf } from '../../src/domain/records/source-files.ts'
import { lineText, type Ui } from '../ground/ui.ts'

/** The first rows that a trial changed: a cell that differs has both values, the old one struck. */
export function ChangesTable({ ui, job, changes }: { ui: Ui; job: Job; changes: ChangedRow[] }) {
  const words = ui.text.assistant.try
  const fileOf = originOf(severalFilesOf(job))
  const fields = [...new Set(changes.flatMap(({ cells }) => cells.map(({ field }) => field)))]
  return (
    <>
      <h3 id="changes-title">{words.changes}</h3>
      <div class="scroller">
        <table class="table stacked" aria-labelledby="changes-title">
          <thead>
            <tr>
              <th scope="col" class="number">
                {words.line}
              </th>
              <th scope="col">{words.what}</th>
              {fields.map((field) => (
                <th scope="col">{shown(field)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {changes.map(({ record, line, kind, cells }) => (
              <tr>
                <td class="number" data-name={words.line}>
                  {lineText(ui, line, fileOf?.(record))}
                </td>
                <td data-name={words.what}>{words.kinds[kind]}</td>
                {fields.map((field) => (
                  <td data-name={shown(field)}>
                    <Cell ui={ui} kind={kind} cell={cells.find((one) => one.field === field)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

type CellProps = { ui: Ui; kind: ChangedRow['kind']; cell: CellChange | undefined }

function Cell({ ui, kind, cell }: CellProps) {
  const { nothing } = ui.text.assistant.try
  if (cell === undefined) return <span class="quiet">–</span>
  const words = (text: string | null) => (text === null ? nothing : shown(text))
  const { before, after } = cell
  if (kind === 'deleted') return <del>{words(before)}</del>
  if (kind === 'inserted' || before === after) {
    return after === null ? <span class="quiet">{nothing}</span> : <>{shown(after)}</>
  }
  return (
    <>
      <del>{words(before)}</del> <ins>{words(after)}</ins>
    </>
  )
}
