import type { Job } from '../../src/domain/jobs/job.ts'
import { fill } from '../../src/i18n/console.ts'
import { formatSize } from '../../src/i18n/format.ts'
import { shown } from '../../src/i18n/shown.ts'
import { SelectField, TextField, type Choice } from './fields.tsx'
import { dateTime, number, type Ui } from '../ground/ui.ts'
import {
  furtherField,
  SAME_FILE,
  type Inbox,
  type InboxFile,
  type JobFormProps,
} from './job-form.ts'
import { shownName } from '../tabs/shown-name.ts'

type FileFieldProps = { form: JobFormProps; inbox: Inbox; inboxes: string[] }

/** A choice of the files in the inboxes, newest first, with size and date. */
export function FileField({ form, inbox, inboxes }: FileFieldProps) {
  const { ui, job } = form
  const { text } = ui
  const folders = fill(text.form.inboxes, { folders: inboxes.join(', ') })
  if (inbox.files.length === 0 && job === undefined) {
    return (
      <>
        <p class="notice">
          {fill(text.form.noFiles, { folders: inboxes.join(', ') })}{' '}
          <a href={`${ui.base}/jobs/new/import`}>{text.form.lookAgain}</a>
        </p>
        <SelectField form={form} name="file" choices={[['', text.form.noFileYet]]} required />
      </>
    )
  }
  const isOne = inboxes.length === 1
  const isAll = inbox.files.length === inbox.count + inbox.unseen
  const asksForName = !isAll || (form.answers.otherFile ?? '') !== ''
  return (
    <>
      <SelectField
        form={form}
        name="file"
        required={!asksForName}
        hint={[folders, ...missingOf(ui, inbox)].join(' ')}
        choices={[
          sameOrNone(ui, job),
          ...inbox.files.map((file): Choice => [file.token, wordsOf(ui, file, isOne)]),
        ]}
      />
      {asksForName && <TextField form={form} name="otherFile" hint={text.form.hints.otherFile} />}
      <FurtherFiles form={form} files={inbox.files} isOne={isOne} />
    </>
  )
}

type FurtherFilesProps = { form: JobFormProps; files: InboxFile[]; isOne: boolean }

/** Boxes for the files that follow the chosen one; open where one is ticked. */
function FurtherFiles({ form: { ui, job, answers }, files, isOne }: FurtherFilesProps) {
  const { form } = ui.text
  if (files.length < (job === undefined ? 2 : 1)) return null
  const isTicked = (token: string) => answers[furtherField(token)] === 'yes'
  return (
    <details class="form-more" id="more-files" open={files.some(({ token }) => isTicked(token))}>
      <summary>{form.further}</summary>
      <fieldset class="further-files">
        <legend class="visually-hidden">{form.further}</legend>
        <p class="field-hint">{form.furtherHint}</p>
        {files.map((file, at) => (
          <div class="tick">
            <input
              type="checkbox"
              id={`further-${at}`}
              name={furtherField(file.token)}
              value="yes"
              checked={isTicked(file.token)}
            />{' '}
            <label for={`further-${at}`}>{wordsOf(ui, file, isOne)}</label>
          </div>
        ))}
      </fieldset>
    </details>
  )
}

function sameOrNone({ text }: Ui, job: Job | undefined): Choice {
  return job === undefined
    ? ['', text.form.chooseFile]
    : [SAME_FILE, fill(text.form.sameFile, { name: job.file_name })]
}

/** Names the folder only if there are several. */
function wordsOf(ui: Ui, { name, folder, size, modifiedAt }: InboxFile, isOne: boolean): string {
  const words = [shownName(name), formatSize(ui.language, size), dateTime(ui, modifiedAt)]
  return [...words, ...(isOne ? [] : [shown(folder)])].join(' · ')
}

function missingOf(ui: Ui, { files, count, unseen, unnamed }: Inbox): string[] {
  const { form } = ui.text
  return [
    ...(count > files.length
      ? [fill(form.moreFiles, { n: number(ui, files.length), count: number(ui, count) })]
      : []),
    ...(unseen > 0 ? [fill(form.unseenFiles, { n: number(ui, unseen) })] : []),
    ...(unnamed > 0 ? [fill(form.unnamedFiles, { n: number(ui, unnamed) })] : []),
  ]
}
