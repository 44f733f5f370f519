import type { Job } from '../../src/domain/jobs/job.ts'
import type { ListedReject } from '../../src/domain/records/reject.ts'
import type { RejectKind } from '../../src/engine/rejects/reject-kinds.ts'
import { messageOnPage } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { RawText } from './raw-text.tsx'
import { number, type Ui } from '../ground/ui.ts'
import { rejectsUrl } from './rejects-url.ts'

export type ReasonKind = RejectKind & { example?: ListedReject | undefined }

/** Maximum number of reasons here; the Rejects tab has all. */
export const SHOWN_REASONS = 8

/** Why records were rejected, the most frequent of all reasons, with links to the rejects. */
export function RejectReasons({ ui, job, kinds }: { ui: Ui; job: Job; kinds: ReasonKind[] }) {
  const { jobPage, rejects } = ui.text
  if (kinds.length === 0) return null
  const left = kinds.length - SHOWN_REASONS
  return (
    <section class="reasons" id="reject-reasons">
      <h2>{job.dry_run ? jobPage.reasons.wouldTitle : jobPage.reasons.title}</h2>
      <ul>
        {kinds.slice(0, SHOWN_REASONS).map(({ type, code, field, count, example }) => (
          <li>
            <b class="number">{number(ui, count)}</b> <code>{code}</code>{' '}
            <a href={rejectsUrl(ui, job.id, { type, code, field })}>
              {field === null ? rejects.wholeRecord : <RawText>{field}</RawText>}
            </a>{' '}
            {example !== undefined && (
              <span class="quiet">
                {Object.keys(example.params).length > 0 && `${rejects.forExample} `}
                <RawText>{messageOnPage(ui.language, example)}</RawText>
              </span>
            )}
          </li>
        ))}
      </ul>
      {left > 0 && (
        <p>
          <a href={rejectsUrl(ui, job.id, { type: 'error' })}>
            {fill(jobPage.reasons.more, { n: number(ui, left) })}
          </a>
        </p>
      )}
    </section>
  )
}
