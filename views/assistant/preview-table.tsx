import { shown } from '../../src/i18n/shown.ts'
import { number, type Ui } from '../ground/ui.ts'

/** A record of a preview; `fault` says why it cannot be read. */
export type ShownRecord = {
  line: number
  values: string[]
  raw: string
  fault: string | undefined
}

/** The first records of a file, with what is wrong in place. */
export function PreviewTable({
  ui,
  names,
  records,
}: {
  ui: Ui
  names: string[]
  records: ShownRecord[]
}) {
  const { file } = ui.text.assistant
  return (
    <div class="scroller">
      <table class="table stacked values-table" aria-labelledby="preview-title">
        <thead>
          <tr>
            <th scope="col" class="number">
              {file.line}
            </th>
            {names.map((name) => (
              <th scope="col">{shown(name)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map(({ line, values, raw, fault }) => (
            <tr>
              <td class="number" data-name={file.line}>
                {number(ui, line)}
              </td>
              {fault === undefined ? (
                values.map((value, at) => (
                  <td data-name={shown(names[at] ?? '')}>{shown(value)}</td>
                ))
              ) : (
                <td class="fault-cell" colspan={Math.max(1, names.length)}>
                  <mark class="raw">{shown(raw)}</mark> <span class="fault">{fault}</span>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
