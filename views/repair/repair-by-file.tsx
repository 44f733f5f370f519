import type { Job } from '../../src/domain/jobs/job.ts'
import type { Ui } from '../ground/ui.ts'
import { exportUrl } from '../rejects/rejects-url.ts'
import { repairFileUrl } from './repair-url.ts'

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
