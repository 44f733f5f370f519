import { exportUrl } from './rejects-url.ts'
import type { RejectsProps } from './rejects-props.ts'

/** Links to export the rejects, all or filtered, for correction or for a spreadsheet. */
export function RejectExports({ ui, job, state, rejects }: RejectsProps) {
  const { rejects: text } = ui.text
  const isChosen = state.type !== undefined || state.code !== undefined || state.field !== undefined
  const hasChosen = isChosen && rejects.length > 0
  const hasAll = job.counters.rejects > 0
  return (
    <div class="reject-exports">
      {hasAll && (
        <a class="button" id="export-rejects" href={exportUrl(ui, job.id, {})} download>
          {text.export}
        </a>
      )}{' '}
      {hasChosen && (
        <a class="button" id="export-chosen" href={exportUrl(ui, job.id, state)} download>
          {text.exportChosen}
        </a>
      )}{' '}
      {(isChosen ? hasChosen : hasAll) && (
        <a
          class="button"
          id="export-spreadsheet"
          href={exportUrl(ui, job.id, state, 'spreadsheet')}
          download
        >
          {isChosen ? text.exportChosenSheet : text.exportSheet}
        </a>
      )}
    </div>
  )
}
