import type { JobStatus } from '../../src/domain/status.ts'
import { statusLabel } from '../../src/i18n/catalogue.ts'
import type { Ui } from '../ui.ts'
import { Icon } from './icon.tsx'

export function StatusBadge({ ui, status }: { ui: Ui; status: JobStatus }) {
  return (
    <span class="status-badge">
      <Icon ui={ui} name={status} />
      <span>{statusLabel(ui.language, status)}</span>
    </span>
  )
}
