import type { CellChange, ChangedRow } from '../../src/domain/jobs/changed-row.ts'
import { shown } from '../../src/i18n/shown.ts'
import type { Job } from '../../src/domain/jobs/job.ts'
import { originOf, severalFilesOf } from '../../src/domain/records/source-files.ts'
import { lineText, type Ui } from '../ground/ui.ts'

type RowsProps = { ui: Ui; job: Job; changes: ChangedRow[] }

/** The first rows that a trial changed: a cell that differs has both values, the old one struck. */
export function ChangesTable({ changes, ...props }: RowsProps) {
  const rows = changes.filter(({ kind }) => kind !== 'inserted')
  const { changes: title } = props.ui.text.assistant.try
  return <RowsTable {...props} changes={rows} id="changes-title" title={title} hasKind />
}

/** The first rows that a trial added, as the table would have them. */
export function NewRowsTable({ changes, ...props }: RowsProps) {
  const rows = changes.filter(({ kind }) => kind === 'inserted')
  const { newRows: title } = props.ui.text.assistant.try
  return <RowsTable {...props} changes={rows} id="new-rows-title" title={title} hasKind={false} />
}

type TableProps = RowsProps & { id: string; title: string; hasKind: boolean }

function RowsTable({ ui, job, changes, id, title, hasKind }: TableProps) {
  const words = ui.text.assistant.try
  const fileOf = originOf(severalFilesOf(job))
  const fields = [...new Set(changes.flatMap(({ cells }) => cells.map(({ field }) => field)))]
  if (changes.length === 0) return null
  return (
    <>
      <h3 id={id}>{title}</h3>
      <div class="scroller">
        <table class="table stacked values-table" aria-labelledby={id}>
          <thead>
            <tr>
              <th scope="col" class="number">
                {words.line}
              </th>
              {hasKind && <th scope="col">{words.what}</th>}
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
                {hasKind && <td data-name={words.what}>{words.kinds[kind]}</td>}
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
