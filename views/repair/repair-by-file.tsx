import type { Job } from '../../src/domain/jobs/job.ts'
import type { Ui } from '../ground/ui.ts'
import { exportUrl } from '../rejects/rejects-url.ts'
import { repairFileUrl, repairUrl } from './repair-url.ts'

/** Takes the rejects out as a file, and back once somebody corrected it. */
export function RepairByFile({ ui, job }: { ui: Ui; job: Job }) {
  const { rejects, repair } = ui.text
  return (
    <section class="repair-by-file" aria-labelledby="by-file-title">
      <h2 id="by-file-title">{repair.byFile}</h2>
      <p class="quiet">{repair.byFileHow}</p>
      <form
        class="repair-file-form"
        method="post"
        enctype="multipart/form-data"
        action={repairFileUrl(ui, job.id)}
      >
        <a
          class="button"
          id="export-open"
          href={exportUrl(ui, job.id, { type: 'error' }, 'repair')}
          download
        >
          {rejects.export}
        </a>{' '}
        <div class="field">
          <label for="corrected-file">{repair.correctedFile}</label>{' '}
          <input type="file" class="input" id="corrected-file" name="file" required />
        </div>{' '}
        <button type="submit" class="button" id="button-check-file">
          {repair.checkFile}
        </button>
      </form>
    </section>
  )
}

/** What is sensitive: all of records that could not be read, the values at fault, or others. */
export type MaskedPart = 'record' | 'fault' | 'rest'

const MASKED = { record: 'maskedRecord', fault: 'maskedFault', rest: 'masked' } as const

/** How records with sensitive values are corrected; what is at fault in them, by a file. */
export function MaskedNote({
  ui,
  job,
  masked,
}: {
  ui: Ui
  job: Job
  masked: MaskedPart | undefined
}) {
  if (masked === undefined) return null
  const { repair } = ui.text
  return (
    <p class="quiet repair-note" id="repair-masked">
      {repair[MASKED[masked]]}{' '}
      {masked !== 'rest' && <a href={`${repairUrl(ui, job.id)}#by-file-title`}>{repair.byFile}</a>}
    </p>
  )
}
