import { fill } from '../../src/i18n/console.ts'
import { Checkbox } from '../forms/fields.tsx'
import { FileField } from '../forms/file-field.tsx'
import type { FormField, Inbox, JobFormProps } from '../forms/job-form.ts'
import { number, type Ui } from '../ground/ui.ts'
import { UploadForm } from '../uploads/upload-form.tsx'
import type { TableName } from '../../src/db/store.ts'
import { ExampleLink } from '../uploads/example-link.tsx'
import { DIALECT_FIELDS, DialectFields } from './dialect-fields.tsx'
import { FoundLine, type FileFound } from './found-line.tsx'
import { PreviewTable } from './preview-table.tsx'
import { StepButtons, StepPage } from './step-page.tsx'

export type FileStepProps = JobFormProps & {
  inbox: Inbox
  inboxes: string[]
  encodings: readonly string[]
  /** The tables for which there is a file to fill in. */
  tables: TableName[]
  /** The largest file that may be uploaded, in bytes. */
  maxUpload: number
  /** Undefined while no file is chosen, or if it cannot be read. */
  found: FileFound | undefined
  /** Why the file cannot be read as specified. */
  unreadable: string | undefined
}

/** The number of records that the longer preview shows. */
export const LONG_PREVIEW = 200

/** First step: the file, how it is read, and its first records. */
export function FileStep(props: FileStepProps) {
  const { inbox, inboxes, encodings, tables, maxUpload, found, unreadable, ...form } = props
  const { ui, job, template } = form
  const { text } = ui
  const { fault } = form
  const alert =
    unreadable !== undefined ? (
      fill(text.assistant.unreadable, { sentence: unreadable })
    ) : fault === undefined ? undefined : fault.field === undefined ? (
      fault.sentence
    ) : (
      <a href={`#field-${fault.field}`}>{text.form.marked}</a>
    )
  const upload = job === undefined && (
    <UploadForm ui={ui} maxUpload={maxUpload} template={template} />
  )
  const example = job === undefined && <ExampleLink ui={ui} template={template} tables={tables} />
  return (
    <StepPage
      ui={ui}
      job={job}
      step="file"
      alert={alert}
      above={upload}
      below={example}
      template={template}
    >
      {(fault?.field === 'again' || form.answers.again === 'yes') && (
        <Checkbox form={form} name="again" />
      )}
      <section class="card" aria-labelledby="file-title">
        <h2 id="file-title" class={job === undefined ? undefined : 'visually-hidden'}>
          {text.assistant.file.title}
        </h2>
        {job === undefined ? (
          <FileField form={form} inbox={inbox} inboxes={inboxes} />
        ) : (
          <>
            {found !== undefined && <FoundLine ui={ui} name={job.file_name} found={found} />}
            <details class="form-more" id="more-file" open={isOpen(form, ['file', 'otherFile'])}>
              <summary>{text.assistant.file.another}</summary>
              <div>
                <FileField form={form} inbox={inbox} inboxes={inboxes} />
              </div>
            </details>
          </>
        )}
        {template === undefined && (
          <details
            class="form-more"
            id="more-dialect"
            open={isOpen(form, DIALECT_FIELDS) || unreadable !== undefined}
          >
            <summary>{text.assistant.file.otherwise}</summary>
            <DialectFields form={form} encodings={encodings} />
          </details>
        )}
        <StepButtons ui={ui} job={job} step="file" template={template} />
      </section>
      {found !== undefined && <Preview ui={ui} found={found} />}
      {job === undefined && template === undefined && (
        <p class="quiet">
          <a href={`${ui.base}/jobs/new/import?form=whole`}>{text.assistant.wholeForm}</a>
        </p>
      )}
    </StepPage>
  )
}

/** Open where a field inside was refused. */
function isOpen({ fault }: JobFormProps, fields: readonly FormField[]): boolean {
  return fields.some((name) => fault?.field === name)
}

function Preview({ ui, found }: { ui: Ui; found: FileFound }) {
  const { file } = ui.text.assistant
  const [n, faults] = [number(ui, found.read), number(ui, found.faults)]
  return (
    <section class="card" aria-labelledby="preview-title">
      <h2 id="preview-title">{file.first}</h2>
      {found.read === 0 ? (
        <p>{file.empty}</p>
      ) : (
        <>
          <p class={found.faults === 0 ? 'fits' : 'misfits'}>
            {found.faults === 0 ? fill(file.allGood, { n }) : fill(file.faults, { n, faults })}
          </p>
          <PreviewTable ui={ui} names={found.names} records={found.records} />
          {found.isMore && (
            <p>
              <a href={`?records=${LONG_PREVIEW}`}>{fill(file.more, { n: LONG_PREVIEW })}</a>
            </p>
          )}
        </>
      )}
    </section>
  )
}
