import { fill } from '../../src/i18n/console.ts'
import { Icon } from '../parts/icon.tsx'
import { number, type Ui } from '../ground/ui.ts'
import type { RepairRow } from './repair-cell.tsx'

/** How many corrected records fit; where `isCapped`, only the first were checked. */
export type FittingFigures = {
  looked: number
  fit: number
  /** Those of the fitting that change a row which the table has already. */
  changing: number
  /** Those of the fitting of which nothing would be written. */
  idle: number
  isCapped: boolean
  /** Whether these are only the records that are shown or corrected. */
  isPart?: boolean
}

/** How many of `all` fit, and what those do to rows that are there already. */
export function FittingFigure({
  ui,
  fitting: { looked, fit, changing, idle, isCapped, isPart = false },
  all,
}: {
  ui: Ui
  fitting: FittingFigures
  all: number
}) {
  const { repair } = ui.text
  const values = { fit: number(ui, fit), all: number(ui, isCapped || isPart ? looked : all) }
  const ofAll = isPart ? repair.fitOfShown : repair.fitOf
  return (
    <>
      <span class={fit > 0 ? 'fit' : 'quiet'}>
        {fit > 0 && <Icon ui={ui} name="finished" />}{' '}
        {fill(isCapped ? repair.fitOfFirst : ofAll, values)}
      </span>{' '}
      {changing > 0 && (
        <span class="misfit" id="repair-changing">
          {fill(repair.changing, { n: number(ui, changing) })}
        </span>
      )}{' '}
      {idle > 0 && (
        <span class="misfit" id="repair-idle">
          {fill(repair.idle, { n: number(ui, idle) })}
        </span>
      )}
    </>
  )
}

/**
 * The buttons that import what fits. Where records change rows that the table has already, one
 * leaves them open, and the other says that it writes over these rows.
 */
export function ImportChoices({
  ui,
  jobId,
  fitting: { fit, changing, isCapped },
}: {
  ui: Ui
  jobId: number
  fitting: FittingFigures
}) {
  const { repair } = ui.text
  if (fit === 0) return null
  const values = { n: number(ui, fit), over: number(ui, changing) }
  const mayChange = changing > 0 || isCapped
  const hasNew = fit > changing || isCapped
  return (
    <>
      {hasNew && (
        <Button act="import_new" id={mayChange ? 'button-import-new' : 'button-import'} isFirst>
          {fill(wordsOfNew(ui, { mayChange, isCapped }), { n: number(ui, fit - changing) })}
        </Button>
      )}{' '}
      {mayChange && (
        <Button act="import" id="button-import" isFirst={!hasNew}>
          {fill(isCapped ? repair.importAllOver : repair.importOver, values)}
        </Button>
      )}{' '}
      <span class="quiet">
        {fill(repair.asNewJob, { label: fill(repair.label, { id: jobId }) })}
      </span>
    </>
  )
}

function wordsOfNew(
  { text: { repair } }: Ui,
  { mayChange, isCapped }: { mayChange: boolean; isCapped: boolean },
): string {
  if (isCapped) return repair.importAllNew
  return mayChange ? repair.importNew : repair.importThatFit
}

type ButtonProps = { act: string; id: string; isFirst: boolean; children: string }

function Button({ act, id, isFirst, children }: ButtonProps) {
  return (
    <button
      type="submit"
      name="act"
      value={act}
      class={isFirst ? 'button button-primary' : 'button'}
      id={id}
    >
      {children}
    </button>
  )
}

/** What a fitting record changes of a row that is there already. */
export function ChangedRow({ ui, change }: { ui: Ui; change: RepairRow['change'] }) {
  if (change === undefined) return null
  const { rejects, repair } = ui.text
  const isDeleted = change.kind === 'deleted'
  return (
    <span class="misfit">
      {isDeleted ? repair.deletesRow : repair.changesRow}{' '}
      {!isDeleted &&
        change.cells.map(({ field, before, after }) => (
          <span class="quiet">
            {field} <del>{before ?? rejects.empty}</del> <ins>{after ?? rejects.empty}</ins>{' '}
          </span>
        ))}
    </span>
  )
}
