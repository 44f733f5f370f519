import type { Job } from '../../src/domain/jobs/job.ts'
import { fill } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import { Checkbox } from '../forms/fields.tsx'
import { FileField } from '../forms/file-field.tsx'
import type { FormField, Inbox, JobFormProps } from '../forms/job-form.ts'
import { number, type Ui } from '../ground/ui.ts'
import { UploadForm } from '../uploads/upload-form.tsx'
import type { TableName } from '../../src/db/store.ts'
import { ExampleLink } from '../uploads/example-link.tsx'
import { DIALECT_FIELDS, DialectFields } from './dialect-fields.tsx'
import { FileList, FileNotes, type ShownFile } from './file-list.tsx'
import { FoundLine } from './found-line.tsx'
import { PreviewTable } from './preview-table.tsx'
import { StepButtons, StepPage } from './step-page.tsx'
import { stepPath } from './steps.ts'

export type FileStepProps = JobFormProps & {
  inbox: Inbox
  inboxes: string[]
  encodings: readonly string[]
  /** The tables for which there is a file to fill in. */
  tables: TableName[]
  /** The largest file that may be uploaded, in bytes. */
  maxUpload: number
  /** The files of the job; none while none is chosen. */
  files: ShownFile[]
  /** Why none of them can be looked at. */
  unreadable: string | undefined
}

/** The number of records that the longer preview shows. */
export const LONG_PREVIEW = 200

/** First step: the file, how it is read, and its first records. */
export function FileStep(props: FileStepProps) {
  const { inbox, inboxes, encodings, tables, maxUpload, files, ...form } = props
  const { ui, job, template } = form
  const { text } = ui
  const { fault } = form
  const unreadable = props.unreadable ?? (files.length > 1 ? wrongOf(ui, files) : files[0]?.problem)
  const isUnread = props.unreadable !== undefined || (files[0] && files[0].found === undefined)
  const alert =
    files.length > 1 && unreadable !== undefined ? (
      unreadable
    ) : unreadable !== undefined ? (
      fill(text.assistant.unreadable, { sentence: unreadable })
    ) : fault === undefined ? undefined : fault.field === undefined ? (
      fault.sentence
    ) : (
      <a href={`#field-${fault.field}`}>{text.assistant.marked}</a>
    )
  const upload = <UploadForm ui={ui} maxUpload={maxUpload} template={template} job={job} />
  const example = <ExampleLink ui={ui} template={template} tables={tables} />
  return (
    <StepPage
      ui={ui}
      job={job}
      step="file"
      alert={alert}
      above={job === undefined && upload}
      below={job === undefined ? example : upload}
      template={template}
    >
      {(fault?.field === 'again' || form.answers.again === 'yes') && (
        <Checkbox form={form} name="again" />
      )}
      {files.length > 1 && <EnterButton ui={ui} />}
      <section class="card" aria-labelledby="file-title">
        <h2 id="file-title" class={job === undefined ? undefined : 'visually-hidden'}>
          {text.assistant.file.title}
        </h2>
        {job === undefined ? (
          <FileField form={form} inbox={inbox} inboxes={inboxes} />
        ) : (
          <>
            <FilesFound ui={ui} job={job} files={files} />
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
            open={isOpen(form, DIALECT_FIELDS) || isUnread}
          >
            <summary>{text.assistant.file.otherwise}</summary>
            <DialectFields form={form} encodings={encodings} />
          </details>
        )}
        <StepButtons ui={ui} job={job} step="file" template={template} />
      </section>
      {job !== undefined && <Preview ui={ui} job={job} files={files} />}
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

/** What the Enter key presses: the first button of a form, which must move no file. */
function EnterButton({ ui }: { ui: Ui }) {
  return (
    <button
      type="submit"
      name="act"
      value="again"
      class="visually-hidden"
      tabindex={-1}
      aria-hidden="true"
    >
      {ui.text.assistant.file.readAgain}
    </button>
  )
}

/** How many of the files cannot be imported with the others; undefined if all can. */
function wrongOf(ui: Ui, files: ShownFile[]): string | undefined {
  const wrong = files.filter(({ problem }) => problem !== undefined).length
  const n = number(ui, wrong)
  return wrong === 0 ? undefined : fill(ui.text.assistant.files.wrong, { n })
}

type FilesOfJob = { ui: Ui; job: Job; files: ShownFile[] }

function FilesFound({ ui, job, files }: FilesOfJob) {
  const [file, ...others] = files
  if (others.length > 0) return <FileList ui={ui} job={job} files={files} />
  return file?.found === undefined ? null : (
    <>
      <FoundLine ui={ui} name={file.name} found={file.found} />
      <FileNotes notes={file.notes} />
    </>
  )
}

/** The first records of the file that was chosen. */
function Preview({ ui, job, files }: FilesOfJob) {
  const { file, files: words } = ui.text.assistant
  const at = files.findIndex(({ isShown }) => isShown)
  const found = files[at]?.found
  const more = `${at > 0 ? `file=${at + 1}&` : ''}records=${LONG_PREVIEW}`
  if (found === undefined) return null
  const title =
    files.length > 1 ? fill(words.first, { name: shown(files[at]?.name ?? '') }) : file.first
  const [n, faults] = [number(ui, found.read), number(ui, found.faults)]
  return (
    <section class="card" aria-labelledby="preview-title">
      <h2 id="preview-title">{title}</h2>
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
              <a href={`${stepPath(ui, job, 'file')}?${more}`}>
                {fill(file.more, { n: LONG_PREVIEW })}
              </a>
            </p>
          )}
        </>
      )}
    </section>
  )
}
