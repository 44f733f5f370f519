import { fill } from '../../../src/i18n/console.ts'
import { shownLines } from '../../../src/i18n/shown.ts'
import { Checkbox, TextField } from '../../forms/fields.tsx'
import type { JobFormProps } from '../../forms/job-form.ts'
import { ResultFields } from '../../forms/result-fields.tsx'
import type { Ui } from '../../ground/ui.ts'
import { StepButtons, StepPage } from '../step-page.tsx'

/** The beginning of a file that would be written, and the statement that reads its rows. */
type ShownPreview = { text: string; sql: string }

export type OutputStepProps = JobFormProps & {
  /** The output folder; undefined where the result is kept in the database. */
  outbox: string | undefined
  /** The folder of the job's own file, if it differs. */
  ownFolder: string | undefined
  preview: ShownPreview | undefined
  /** The encodings in which it can be written. */
  encodings: readonly string[]
}

/** Third step of an export: the file, how it is written, and its first lines. */
export function OutputStep({ outbox, ownFolder, preview, encodings, ...form }: OutputStepProps) {
  const { ui, job, fault } = form
  const { hints } = ui.text.form
  const { marked } = ui.text.assistant
  const words = ui.text.assistantExport.output
  const alert =
    fault?.field === undefined ? fault?.sentence : <a href={`#field-${fault.field}`}>{marked}</a>
  const shownPreview = preview && <Preview ui={ui} preview={preview} />
  return (
    <StepPage ui={ui} job={job} step="output" alert={alert} below={shownPreview}>
      <section class="card rules" aria-labelledby="output-title">
        <h2 id="output-title">{words.title}</h2>
        <TextField
          form={form}
          name="fileName"
          hint={`${hints.fileName} ${placeOf(ui, outbox, ownFolder)}`}
          required
        />
        {(outbox ?? ownFolder) !== undefined && (
          <Checkbox form={form} name="replace" hint={hints.replace} />
        )}
        <ResultFields form={form} encodings={encodings} />
        <div>
          <button type="submit" id="button-preview" name="act" value="preview" class="button">
            {words.preview}
          </button>
        </div>
        <StepButtons ui={ui} job={job} step="output" />
      </section>
    </StepPage>
  )
}

function Preview({ ui, preview }: { ui: Ui; preview: ShownPreview }) {
  const words = ui.text.assistantExport.output
  return (
    <section class="card export-preview" id="preview" aria-labelledby="preview-title">
      <h2 id="preview-title">{words.previewTitle}</h2>
      <pre class="raw-preview" tabindex={0} aria-labelledby="preview-title">
        {preview.text === '' ? words.nothing : <Lines text={preview.text} />}
      </pre>
      <h2 id="sql-title">{words.previewSql}</h2>
      <pre class="raw-preview" tabindex={0} aria-labelledby="sql-title">
        <Lines text={preview.sql} />
      </pre>
    </section>
  )
}

/** What does not fit in a line of the page goes on further in. */
function Lines({ text }: { text: string }) {
  return (
    <>
      {shownLines(text)
        .split(/(?<=\n)/)
        .map((line) => (
          <span class="preview-line">{line}</span>
        ))}
    </>
  )
}

function placeOf({ text }: Ui, outbox: string | undefined, own: string | undefined): string {
  const { hints } = text.form
  const folder = outbox ?? hints.keptPlace
  if (own !== undefined) return fill(hints.ownFolder, { own, folder })
  return outbox === undefined ? hints.kept : fill(hints.outbox, { folder: outbox })
}
