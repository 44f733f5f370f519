import { fill } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import { Icon } from '../parts/icon.tsx'
import { Notice } from '../parts/notice.tsx'
import type { Ui } from '../ground/ui.ts'

/** What became of a command for one of many jobs; `why` where it was refused. */
export type BulkResult = {
  id: number
  /** Undefined where there is no such job. */
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
