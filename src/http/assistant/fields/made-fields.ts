import type {
  CalculatedValues,
  MadeField,
} from '../../../../views/assistant/fields/made-fields.tsx'
import type { Ui } from '../../../../views/ground/ui.ts'
import type { Job } from '../../../domain/jobs/job.ts'
import { messageOnPage, problemOnPage } from '../../../i18n/catalogue.ts'
import type { CheckedCalculation } from '../../../pipeline/import/preview/check-calculated.ts'
import type { CheckedSample } from '../../../pipeline/import/preview/check-sample.ts'
import { madeAnswer, madeIn, type MadeAnswer } from './made-answers.ts'

type Known = {
  sample: CheckedSample
  calculation: CheckedCalculation | undefined
  typed: Readonly<Record<string, string>> | undefined
}

/** What fills the fields that no column fills, and what expressions give for the first records. */
export function madeFields(
  ui: Ui,
  { specification: { fields } }: Extract<Job, { type: 'import' }>,
  { sample: { table, columns, isNew }, calculation, typed }: Known,
): MadeField[] {
  const withValues = (one: MadeAnswer): MadeField => ({
    ...one,
    calculated: calculation && calculatedValues(ui, one.field, calculation),
  })
  const sent = typed === undefined ? [] : madeIn(typed)
  if (sent.length > 0) return sent.map(withValues)
  const filled = new Set(columns.map(({ field }) => field))
  const ofTable = isNew ? [] : table.columns.filter(({ generated }) => !generated)
  const made = Object.keys(fields).filter((field) => fields[field]?.from)
  const names = new Set([...ofTable.map(({ name }) => name), ...made])
  return [...names]
    .filter((field) => !filled.has(field))
    .map((field) => withValues(madeAnswer(field, fields[field]?.from)))
}

function calculatedValues(
  ui: Ui,
  field: string,
  { expressions, checked, problem }: CheckedCalculation,
): CalculatedValues | undefined {
  const found = expressions.find((one) => one.field === field)
  return (
    found && {
      examples: found.examples,
      checked,
      misfits: found.misfits,
      faults: found.faults.map(({ line, message }) => ({
        line,
        sentence: messageOnPage(ui.language, message),
      })),
      problem: problem && problemOnPage(ui.language, problem, ui.timeZone),
    }
  )
}
