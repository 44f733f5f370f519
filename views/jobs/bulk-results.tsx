import { fill } from '../../src/i18n/console.ts'
import { Notice } from '../parts/notice.tsx'
import type { Ui } from '../ui.ts'

/** What became of a command for one of many jobs; `why` where it was refused. */
export type BulkResult = { id: number; why?: string | undefined }

export function BulkResults({ ui: { text }, results }: { ui: Ui; results: BulkResult[] }) {
  if (results.length === 0) return <Notice kind="error">{text.list.noneSelected}</Notice>
  const isRefused = results.some(({ why }) => why !== undefined)
  return (
    <Notice kind={isRefused ? 'error' : 'success'}>
      <ul aria-label={text.list.results}>
        {results.map(({ id, why }) => (
          <li>{why ?? fill(text.list.done, { id })}</li>
        ))}
      </ul>
    </Notice>
  )
}
