import type { JobTexts } from '../../src/domain/jobs/job-texts.ts'
import { fill } from '../../src/i18n/console.ts'
import { handFocusTo, submitInPlace, swapInPlace } from '../ground/htmx.ts'
import { Page } from '../parts/layout.tsx'
import type { Ui } from '../ground/ui.ts'
import { pathOfPlace, placeQuery, type TabPlace } from '../tabs/tabs.tsx'

type EditTextsProps = {
  ui: Ui
  id: number
  /** Where the page returns to. */
  place: TabPlace
  texts: JobTexts
  /** The refused field, and why. */
  fault?: { field: keyof JobTexts; sentence: string } | undefined
}

/**
 * The form for label and description: a page of its own, or in place of the title on a job's page.
 */
export function EditTextsPage(props: EditTextsProps) {
  const { ui, id, place, texts, fault } = props
  const form = {
    id: 'form-edit',
    action: `${ui.base}/jobs/${id}/edit${placeQuery(place)}`,
    answers: { ...texts, refused: fault === undefined ? '' : 'yes' },
  }
  return (
    <Page ui={ui} title={fill(ui.text.form.editTexts, { id })} form={form}>
      <EditTexts {...props} />
    </Page>
  )
}

function EditTexts({ ui, id, place, texts, fault }: EditTextsProps) {
  const { base, text } = ui
  const action = `${base}/jobs/${id}/edit${placeQuery(place)}`
  const back = pathOfPlace(ui, id, place)
  const faultOf = (field: keyof JobTexts) => (fault?.field === field ? fault.sentence : undefined)
  return (
    <header id="job-title" class="job-title">
      <h1>{fill(text.form.editTexts, { id })}</h1>
      <form
        id="form-edit"
        class="job-form"
        method="post"
        action={action}
        {...submitInPlace(action, '#job-title')}
        {...handFocusTo('job-more-button')}
      >
        <div class="form-field">
          <label for="edit-label">{text.job.label}</label>{' '}
          <input
            type="text"
            class="input"
            {...inputAttributes('label', faultOf('label'))}
            value={texts.label}
            autofocus={fault?.field !== 'description'}
            autocomplete="off"
            required
          />
          <FieldError field="label" sentence={faultOf('label')} />
        </div>
        <div class="form-field">
          <label for="edit-description">{text.job.descriptionField}</label>{' '}
          <textarea
            class="input"
            {...inputAttributes('description', faultOf('description'))}
            rows={3}
            autofocus={fault?.field === 'description'}
          >
            {texts.description}
          </textarea>
          <FieldError field="description" sentence={faultOf('description')} />
        </div>
        <div class="form-buttons">
          <button type="submit" id="button-save" class="button button-primary">
            {text.job.save}
          </button>{' '}
          <a id="button-keep" class="button" href={back} {...swapInPlace(back, '#job-title')}>
            {text.job.keep}
          </a>
        </div>
      </form>
    </header>
  )
}

function inputAttributes(field: keyof JobTexts, fault: string | undefined) {
  return {
    id: `edit-${field}`,
    name: field,
    'aria-invalid': fault === undefined ? undefined : 'true',
    'aria-describedby': fault === undefined ? undefined : `error-${field}`,
  } as const
}

function FieldError({ field, sentence }: { field: string; sentence: string | undefined }) {
  return sentence === undefined ? null : (
    <p class="field-error" id={`error-${field}`} role="alert">
      {sentence}
    </p>
  )
}
