import type { StepForm } from '../../../views/assistant/step-fields.tsx'
import type { Ui } from '../../../views/ground/ui.ts'
import { problemOnPage } from '../../i18n/catalogue.ts'
import type { StepFault, Typed } from './step.ts'

/**
 * A form with its answers, and the reason of a refusal at the field that has it.
 * @param fields names of fields that the form has, by the part of the specification
 */
export function stepForm(
  ui: Ui,
  answers: Typed,
  fault: StepFault | undefined,
  fields: readonly string[],
): StepForm {
  if (fault === undefined) return { answers, fault: undefined, alert: undefined }
  const sentence = problemOnPage(ui.language, fault.problem, ui.timeZone)
  const [field] = fault.at ?? []
  return field !== undefined && fields.includes(field)
    ? { answers, fault: { field, sentence }, alert: undefined }
    : { answers, fault: undefined, alert: sentence }
}
