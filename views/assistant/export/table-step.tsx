import type { TableName } from '../../../src/db/store.ts'
import type { Job } from '../../../src/domain/jobs/job.ts'
import type { Template } from '../../../src/domain/templates/template.ts'
import { shown } from '../../../src/i18n/shown.ts'
import { FieldNotes, inputAttributes } from '../../forms/field-notes.tsx'
import type { Ui } from '../../ground/ui.ts'
import { AssistantText, type StepForm } from '../step-fields.tsx'
import { StepButtons, StepPage } from '../step-page.tsx'

export type TableStepProps = {
  ui: Ui
  /** Undefined before there is one. */
  job?: Job | undefined
  template?: Template | undefined
  form: StepForm
  tables: TableName[]
}

/** First step of an export: the table or view whose rows are written. */
export function TableStep({ ui, job, template, form, tables }: TableStepProps) {
  const words = ui.text.assistantExport.table
  const hasViews = tables.some(({ isView }) => isView)
  return (
    <StepPage ui={ui} job={job} step="table" alert={form.alert} template={template}>
      <section class="card rules" aria-labelledby="table-title">
        <h2 id="table-title">{words.title}</h2>
        {tables.length === 0 ? (
          <p>
            {words.none} <a href={`${ui.base}/jobs/new/import`}>{ui.text.layout.newImport}</a>
          </p>
        ) : (
          <div class="form-field">
            <label for="field-table">{words.label}</label>{' '}
            <select class="input" {...inputAttributes({ form, name: 'table' })}>
              <option value="">{words.choose}</option>
              {hasViews ? (
                <>
                  <Tables form={form} label={words.tables} tables={tables.filter(isPlain)} />
                  <Tables
                    form={form}
                    label={words.views}
                    tables={tables.filter(({ isView }) => isView)}
                  />
                </>
              ) : (
                <Options form={form} tables={tables} />
              )}
            </select>
            <FieldNotes form={form} name="table" />
          </div>
        )}
        <details class="form-more" id="more-tables" open={isOther(form, tables)}>
          <summary>{words.more}</summary>
          <div>
            <AssistantText
              form={otherIn(form, tables)}
              name="otherTable"
              label={words.other}
              hint={words.otherHint}
            />
          </div>
        </details>
        <StepButtons ui={ui} job={job} step="table" template={template} />
      </section>
    </StepPage>
  )
}

type TablesProps = { form: StepForm; tables: TableName[] }

function Tables({ label, ...props }: TablesProps & { label: string }) {
  if (props.tables.length === 0) return null
  return (
    <optgroup label={label}>
      <Options {...props} />
    </optgroup>
  )
}

function Options({ form, tables }: TablesProps) {
  return (
    <>
      {tables.map(({ name }) => (
        <option value={name} selected={name === form.answers['table']}>
          {shown(name)}
        </option>
      ))}
    </>
  )
}

function isPlain({ isView }: TableName): boolean {
  return !isView
}

/** Whether the table is one that the list does not offer, or was typed. */
function isOther({ answers }: StepForm, tables: TableName[]): boolean {
  const { table = '', otherTable = '' } = answers
  return otherTable !== '' || (table !== '' && !tables.some(({ name }) => name === table))
}

function otherIn(form: StepForm, tables: TableName[]): StepForm {
  const { table = '', otherTable = '' } = form.answers
  if (otherTable !== '' || !isOther(form, tables)) return form
  return { ...form, answers: { ...form.answers, otherTable: table } }
}
