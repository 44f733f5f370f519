import type { Job } from '../../../src/domain/jobs/job.ts'
import { DIRECTIONS } from '../../../src/domain/specification/row-selection.ts'
import { fill } from '../../../src/i18n/console.ts'
import { FieldNotes, inputAttributes } from '../../forms/field-notes.tsx'
import type { Ui } from '../../ground/ui.ts'
import { AssistantText, type StepForm } from '../step-fields.tsx'
import { StepButtons, StepPage } from '../step-page.tsx'
import { stepPath } from '../steps.ts'
import { FieldOptions } from './field-options.tsx'
import { RowFilter } from './row-filter.tsx'
import { WrittenColumns, type WrittenColumn } from './written-columns.tsx'

export type RowsStepProps = {
  ui: Ui
  job: Job
  form: StepForm
  /** The columns of the table; none if it cannot be read. */
  columns: WrittenColumn[]
  /** Whether the filter is one that the page cannot show. */
  isFilterHidden: boolean
}

/** Second step of an export: which columns and which rows are written, in which order. */
export function RowsStep({ ui, job, form, columns, isFilterHidden }: RowsStepProps) {
  const words = ui.text.assistantExport.rows
  const buttons = <StepButtons ui={ui} job={job} step="rows" />
  if (columns.length === 0) {
    return (
      <StepPage ui={ui} job={job} step="rows" alert={form.alert}>
        <section class="card">{buttons}</section>
      </StepPage>
    )
  }
  const part = { ui, form, columns }
  return (
    <StepPage ui={ui} job={job} step="rows" alert={form.alert}>
      <section class="card" aria-labelledby="columns-title">
        <h2 id="columns-title">{fill(words.columns, { table: job.target_table })}</h2>
        <FieldNotes form={form} name="columns" />
        <WrittenColumns {...part} />
      </section>
      <section class="card" aria-labelledby="rows-title">
        <h2 id="rows-title">{words.title}</h2>
        <RowFilter {...part} action={stepPath(ui, job, 'rows')} isHidden={isFilterHidden} />
        <Order {...part} />
        <div class="form-columns">
          <AssistantText
            form={form}
            name="mostRows"
            label={ui.text.form.labels.mostRows}
            hint={ui.text.form.hints.mostRows}
            inputmode="numeric"
          />
          <Differential {...part} />
        </div>
        {buttons}
      </section>
    </StepPage>
  )
}

type PartProps = Pick<RowsStepProps, 'ui' | 'form' | 'columns'>

function Order({ ui, form, columns }: PartProps) {
  const words = ui.text.assistantExport.rows
  const places = Object.keys(form.answers).filter((name) => name.startsWith('sort-')).length
  return (
    <fieldset class="sorts">
      <legend>{words.order}</legend>
      <FieldNotes form={form} name="order" />
      {Array.from({ length: places }, (_, at) => at + 1).map((place) => (
        <div class="sort">
          <select
            class="input"
            name={`sort-${place}`}
            aria-label={fill(words.sortField, { n: place })}
          >
            <FieldOptions
              ui={ui}
              columns={columns}
              none={place === 1 ? words.byKey : words.noMore}
              chosen={form.answers[`sort-${place}`]}
            />
          </select>{' '}
          <select
            class="input"
            name={`direction-${place}`}
            aria-label={fill(words.direction, { n: place })}
          >
            {DIRECTIONS.map((direction) => (
              <option value={direction} selected={direction === form.answers[`direction-${place}`]}>
                {words.directions[direction]}
              </option>
            ))}
          </select>
        </div>
      ))}
    </fieldset>
  )
}

function Differential({ ui, form, columns }: PartProps) {
  const { labels, hints } = ui.text.form
  const { everything } = ui.text.assistantExport.rows
  const field = { form, name: 'differential', hint: hints.differential }
  // Their values do not grow.
  const growing = columns.filter(({ type }) => type !== 'boolean' && type !== 'blob')
  return (
    <div class="form-field">
      <label for="field-differential">{labels.differential}</label>{' '}
      <select class="input" {...inputAttributes(field)}>
        <FieldOptions
          ui={ui}
          columns={growing}
          none={everything}
          chosen={form.answers['differential']}
        />
      </select>
      <FieldNotes {...field} />
    </div>
  )
}
