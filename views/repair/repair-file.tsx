import type { Job } from '../../src/domain/jobs/job.ts'
import { besidesText, type ChangedColumn } from '../../src/i18n/besides.ts'
import { fill } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import { number, type Ui } from '../ground/ui.ts'
import { FittingFigure, ImportChoices, type FittingFigures } from './import-choices.tsx'
import type { RepairRow } from './repair-cell.tsx'
import { RepairFrame } from './repair-frame.tsx'
import { RepairGrid } from './repair-grid.tsx'
import { RepairTouched, type ShownTouch } from './repair-touched.tsx'
import { repairFileUrl, repairUrl } from './repair-url.ts'

/** What a corrected file holds; where `looked` is less than `open`, only the first were checked. */
type FileFigures = {
  open: number
  looked: number
  unfit: number
  /** Records that fit and change a row which the table has already. */
  changing: number
  idle: number
  settled: number
  foreign: number
  unreadable: number
  replaced: unknown[]
  besides: ChangedColumn[]
}

export type RepairFileProps = {
  ui: Ui
  job: Job
  file: { id: string; name: string }
  found: FileFigures
  /** The first corrections on the page that the file replaces. */
  replaced: ShownTouch[]
  /** Of the columns shown. */
  names: string[]
  rows: RepairRow[]
  /** Stands for the figures. */
  checked: string
  alert?: string | undefined
}

/** What of a corrected reject file fits, before it is imported. */
export function RepairFile(props: RepairFileProps) {
  const { ui, job, file, found, replaced, names, rows, alert } = props
  const { repair } = ui.text
  return (
    <RepairFrame
      ui={ui}
      job={job}
      title={fill(repair.fileTitle, { file: shown(file.name) })}
      isReason
      alert={alert}
    >
      {found.replaced.length > 0 && (
        <>
          <p class="notice notice-neutral" id="repair-replaced">
            {fill(repair.fileReplaces, { n: number(ui, found.replaced.length) })}
          </p>
          <RepairTouched ui={ui} jobId={job.id} touched={replaced} count={found.replaced.length} />
        </>
      )}
      <Fitting ui={ui} job={job} found={found} />
      <Besides ui={ui} columns={found.besides} />
      <LeftOut ui={ui} found={found} />
      <Buttons {...props} />
      <RepairGrid ui={ui} jobId={job.id} names={names} rows={rows} isForm={false} />
      {found.open > rows.length && (
        <p class="quiet repair-note">{fill(repair.fileExamples, { n: number(ui, rows.length) })}</p>
      )}
    </RepairFrame>
  )
}

function Fitting({ ui, job, found }: Pick<RepairFileProps, 'ui' | 'job' | 'found'>) {
  const { repair } = ui.text
  const { unfit } = found
  const { isCapped, ...fitting } = fittingOf(found)
  return (
    <div class="repair-fitting" id="repair-fitting">
      <FittingFigure ui={ui} fitting={{ ...fitting, isCapped }} all={found.looked} />{' '}
      {unfit > 0 && !isCapped && (
        <span class="quiet">
          {fill(job.is_masked ? repair.fileLeftMasked : repair.fileLeft, { n: number(ui, unfit) })}
        </span>
      )}
    </div>
  )
}

function fittingOf({ open, looked, unfit, changing, idle }: FileFigures): FittingFigures {
  return { looked, fit: looked - unfit, changing, idle, isCapped: looked < open }
}

/** What a spreadsheet may have changed unasked. */
function Besides({ ui, columns }: { ui: Ui; columns: ChangedColumn[] }) {
  return columns.length === 0 ? null : (
    <div class="notice notice-neutral repair-besides" id="repair-besides">
      <ul class="repair-left-out">
        {columns.map((column) => (
          <li>{besidesText(ui.language, column)}</li>
        ))}
      </ul>
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

function Buttons({ ui, job, file, found, checked }: RepairFileProps) {
  const { repair } = ui.text
  return (
    <form class="repair-buttons" method="post" action={repairFileUrl(ui, job.id, file.id)}>
      <input type="hidden" name="once" value={ui.idempotencyKey} />
      <input type="hidden" name="checked" value={checked} />
      <ImportChoices ui={ui} jobId={job.id} fitting={fittingOf(found)} />{' '}
      {!job.is_masked && (
        <button type="submit" name="act" value="save" class="button" id="button-save">
          {repair.save}
        </button>
      )}{' '}
      <a class="button" id="another-file" href={repairUrl(ui, job.id)}>
        {repair.anotherFile}
      </a>
    </form>
  )
}
