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
  why?: string | undefined
}

export function BulkResults({ ui, results }: { ui: Ui; results: BulkResult[] }) {
  const { text } = ui
  if (results.length === 0) return <Notice kind="error">{text.list.noneSelected}</Notice>
  const isRefused = results.some(({ why }) => why !== undefined)
  return (
    <Notice kind={isRefused ? 'error' : 'success'}>
      <ul aria-label={text.list.results}>
        {results.map(({ id, label, why }) => (
          <li>
            <Icon ui={ui} name={why === undefined ? 'finished' : 'error'} />
            <span>
              {label !== undefined && <b>{shown(label)}</b>}
              {label !== undefined && ' · '}
              {why ?? fill(text.list.done, { id })}
            </span>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
