import type { Child } from 'hono/jsx'
import type { ListedJob, Repairer } from '../../src/domain/jobs/job.ts'
import { outcomeOf, outcomeParts } from '../../src/domain/jobs/outcome.ts'
import { statusLabel } from '../../src/i18n/catalogue.ts'
import { outcomeNotes } from '../../src/i18n/outcome.ts'
import type { Ui } from '../ground/ui.ts'
import { Icon } from './icon.tsx'

type BadgedJob = Pick<
  ListedJob,
  'type' | 'status' | 'dry_run' | 'counters' | 'total' | 'repair_of' | 'repaired' | 'set_aside'
>

type StatusBadgeProps = {
  ui: Ui
  job: BadgedJob
  /** The linked jobs that took rejects of it, where the page tells them. */
  repairers?: readonly Repairer[] | undefined
  /** Content after the label. */
  children?: Child
}

/** The status with its notes, where the status alone would hide something important. */
export function StatusBadge({ ui, job, repairers, children }: StatusBadgeProps) {
  return (
    <span class="status-badge">
      <Icon ui={ui} name={glyphOf(job)} />
      <span>
        {statusLabel(ui.language, job.status)}
        {children}
        {outcomeNotes(ui.language, job, repairers).map(({ kind, text }) => (
          <>
            {' '}
            <span class={`chip chip-${kind}`}>{text}</span>
          </>
        ))}
      </span>
    </span>
  )
}

/** Only a job that wrote every record gets the glyph of success. */
function glyphOf(job: BadgedJob): string {
  if (job.status !== 'finished') return job.status
  switch (outcomeOf(job)) {
    case 'all_written':
      return outcomeParts(job).written > 0 ? 'finished' : 'finished_idle'
    case 'some_rejected':
      return 'finished_rejects'
    case 'all_rejected':
      return 'finished_rejected'
    case 'tried_out':
      return 'finished_tried'
    default:
      return 'finished_idle'
  }
}
