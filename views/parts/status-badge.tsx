import type { Child } from 'hono/jsx'
import type { JobStatus } from '../../src/domain/status.ts'
import { statusLabel } from '../../src/i18n/catalogue.ts'
import type { Ui } from '../ui.ts'
import { Icon } from './icon.tsx'

type StatusBadgeProps = {
  ui: Ui
  status: JobStatus
  /** What is said behind the label. */
  children?: Child
}

export function StatusBadge({ ui, status, children }: StatusBadgeProps) {
  return (
    <span class="status-badge">
      <Icon ui={ui} name={status} />
      <span>
        {statusLabel(ui.language, status)}
        {children}
      </span>
    </span>
  )
}
