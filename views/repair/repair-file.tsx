import type { Job } from '../../src/domain/jobs/job.ts'
import { fill } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import { Icon } from '../parts/icon.tsx'
import { number, type Ui } from '../ground/ui.ts'
import type { RepairRow } from './repair-cell.tsx'
import { RepairFrame } from './repair-frame.tsx'
import { RepairGrid } from './repair-grid.tsx'
import { repairFileUrl, repairUrl } from './repair-url.ts'

/** What a corrected file holds; where `looked` is less than `open`, only the first were checked. */
type FileFigures = {
  open: number
  looked: number
  unfit: number
  settled: number
  foreign: number
  unreadable: number
}

export type RepairFileProps = {
  ui: Ui
  job: Job
  file: { id: string; name: string }
  found: FileFigures
  /** Of the columns shown. */
  names: string[]
  rows: RepairRow[]
}

/** What of a corrected reject file fits, before it is imported. */
export function RepairFile({ ui, job, file, found, names, rows }: RepairFileProps) {
  const { repair } = ui.text
  return (
    <RepairFrame
      ui={ui}
      job={job}
      title={fill(repair.fileTitle, { file: shown(file.name) })}
      isReason
    >
      <Fitting ui={ui} found={found} />
      <LeftOut ui={ui} found={found} />
      <Buttons ui={ui} job={job} file={file} found={found} />
      <RepairGrid ui={ui} jobId={job.id} names={names} rows={rows} isForm={false} />
      {found.open > rows.length && (
        <p class="quiet repair-note">{fill(repair.fileExamples, { n: number(ui, rows.length) })}</p>
      )}
    </RepairFrame>
  )
}

function Fitting({ ui, found: { open, looked, unfit } }: Pick<RepairFileProps, 'ui' | 'found'>) {
  const { repair } = ui.text
  const [fit, isCapped] = [looked - unfit, looked < open]
  const values = { fit: number(ui, fit), all: number(ui, looked) }
  return (
    <div class="repair-fitting" id="repair-fitting">
      <span class={fit > 0 ? 'fit' : 'quiet'}>
        {fit > 0 && <Icon ui={ui} name="finished" />}{' '}
        {fill(isCapped ? repair.fitOfFirst : repair.fitOf, values)}
      </span>{' '}
      {unfit > 0 && !isCapped && (
        <span class="quiet">{fill(repair.fileLeft, { n: number(ui, unfit) })}</span>
      )}
    </div>
  )
}

function LeftOut({ ui, found }: Pick<RepairFileProps, 'ui' | 'found'>) {
  const { repair } = ui.text
  const told = [
    [repair.fileSettled, found.settled],
    [repair.fileForeign, found.foreign],
    [repair.fileUnreadable, found.unreadable],
  ] as const
  const some = told.filter(([, n]) => n > 0)
  return some.length === 0 ? null : (
    <ul class="repair-left-out" id="repair-left-out">
      {some.map(([text, n]) => (
        <li>{fill(text, { n: number(ui, n) })}</li>
      ))}
    </ul>
  )
}

function Buttons({ ui, job, file, found }: Pick<RepairFileProps, 'ui' | 'job' | 'file' | 'found'>) {
  const { repair } = ui.text
  const { open, looked, unfit } = found
  const [fit, isCapped] = [looked - unfit, looked < open]
  const words = isCapped ? repair.importAllThatFit : repair.importThatFit
  return (
    <form class="repair-buttons" method="post" action={repairFileUrl(ui, job.id, file.id)}>
      <input type="hidden" name="once" value={ui.idempotencyKey} />
      {fit > 0 && (
        <>
          <button
            type="submit"
            name="act"
            value="import"
            class="button button-primary"
            id="button-import"
          >
            {fill(words, { n: number(ui, fit) })}
          </button>{' '}
          <span class="quiet">
            {fill(repair.asNewJob, { label: fill(repair.label, { id: job.id }) })}
          </span>{' '}
        </>
      )}
      <button type="submit" name="act" value="save" class="button" id="button-save">
        {repair.save}
      </button>{' '}
      <a class="button" id="another-file" href={repairUrl(ui, job.id)}>
        {repair.anotherFile}
      </a>
    </form>
  )
}
