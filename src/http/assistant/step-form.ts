import type { StepForm } from '../../../views/assistant/step-fields.tsx'
import type { Ui } from '../../../views/ground/ui.ts'
import { problemOnPage } from '../../i18n/catalogue.ts'
import { faultsOfStep, type StepFault, type Typed } from './step.ts'

/**
 * A form with its answers, and the reasons of a refusal at the fields that have them.
 * @param fields names of fields that the form has, by the part of the specification
 */
export function stepForm(
  ui: Ui,
  answers: Typed,
  refused: StepFault | undefined,
  fields: readonly string[],
): StepForm {
  const told = faultsOfStep(refused).map(({ problem, at: [field] = [] }) => ({
    field: field !== undefined && fields.includes(field) ? field : undefined,
    sentence: problemOnPage(ui.language, problem, ui.timeZone),
  }))
  const [fault, ...others] = told.flatMap(({ field, sentence }) =>
    field === undefined ? [] : [{ field, sentence }],
  )
  const unplaced = told.filter(({ field }) => field === undefined).map(({ sentence }) => sentence)
  return { answers, fault, others, alert: unplaced.length === 0 ? undefined : unplaced.join(' ') }
}
