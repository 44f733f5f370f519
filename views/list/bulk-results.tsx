import type { JobStatus } from '../../src/domain/states/status.ts'
import { statusLabel } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import { Icon } from '../parts/icon.tsx'
import { Notice } from '../parts/notice.tsx'
import type { Ui } from '../ground/ui.ts'

/** The result of a bulk command for one job; `why` is the reason of a refusal. */
export type BulkResult = {
  id: number
  /** Undefined if the job does not exist. */
  label: string | undefined
  /** What it led to, or undefined where it took the job away. */
  status?: JobStatus | undefined
  why?: string | undefined
  /** Where it can be mended. */
  href?: string | undefined
}

/** Says what was done, and not that it is well: who cancels a job has not brought it to its end. */
export function BulkResults({ ui, results }: { ui: Ui; results: BulkResult[] }) {
  const { text } = ui
  if (results.length === 0) return <Notice kind="error">{text.list.noneSelected}</Notice>
  const isRefused = results.some(({ why }) => why !== undefined)
  return (
    <Notice kind={isRefused ? 'error' : 'neutral'}>
      <ul aria-label={text.list.results}>
        {results.map((result) => (
          <li>
            <Icon ui={ui} name={iconOf(result)} />
            <span>
              {result.label !== undefined && <b>{shown(result.label)}</b>}
              {result.label !== undefined && ' · '}
              {result.why ?? doneText(ui, result)}
              {result.href !== undefined && ' '}
              {result.href !== undefined && <a href={result.href}>{text.list.toStep}</a>}
            </span>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function iconOf({ status, why }: BulkResult): string {
  return why === undefined ? (status ?? 'cancelled') : 'error'
}

function doneText({ language, text }: Ui, { id, status }: BulkResult): string {
  const words = status === undefined ? text.list.deleted : statusLabel(language, status)
  return fill(text.list.done, { id, status: words })
}
