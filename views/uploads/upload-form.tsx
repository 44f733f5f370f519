import { fill } from '../../src/i18n/console.ts'
import { formatSize } from '../../src/i18n/format.ts'
import type { Job } from '../../src/domain/jobs/job.ts'
import type { Template } from '../../src/domain/templates/template.ts'
import type { Ui } from '../ground/ui.ts'

/**
 * Uploads files in one form. The script sends them in parts instead, shows how far it is, and goes on
 * after an interruption; its texts come from here.
 */
export function UploadForm({
  ui,
  maxUpload,
  template,
  job,
}: {
  ui: Ui
  maxUpload: number
  template: Template | undefined
  /** The job whose files they follow; undefined for a new one. */
  job: Pick<Job, 'id'> | undefined
}) {
  const { base, text, language } = ui
  const { upload } = text
  const limit = formatSize(language, maxUpload)
  const forJob =
    job !== undefined ? `?job=${job.id}` : template === undefined ? '' : `?template=${template.key}`
  return (
    <section class="upload" aria-labelledby="upload-title">
      <h2 id="upload-title">{job === undefined ? upload.title : upload.further}</h2>
      <form
        class="upload-form"
        id="upload-form"
        method="post"
        enctype="multipart/form-data"
        action={`${base}/uploads${forJob}`}
        data-limit={String(maxUpload)}
        data-too-large={fill(upload.tooLarge, { limit })}
        data-progress={upload.progress}
        data-waiting={upload.waiting}
        data-failed={upload.failed}
      >
        <div class="form-field">
          <label for="upload-file">{upload.file}</label>{' '}
          <input
            type="file"
            class="input"
            id="upload-file"
            name="file"
            required
            multiple
            aria-describedby="upload-error upload-hint"
          />
          <p class="field-error" id="upload-error" role="alert" />
          <p class="field-hint" id="upload-hint">
            {fill(upload.hint, { limit })} <span id="upload-resumes" data-text={upload.resumes} />
          </p>
        </div>
        <button type="submit" class="button" id="button-upload">
          {upload.send}
        </button>
        <div class="upload-progress" id="upload-progress" hidden>
          <progress id="upload-bar" max="1" value="0" aria-labelledby="upload-title" />{' '}
          <output id="upload-told" for="upload-file" />{' '}
          <button type="button" class="button" id="button-stop-upload" data-text={upload.stop} />
        </div>
      </form>
      <script defer src={ui.asset('upload.js')} />
    </section>
  )
}
