import type { CalculatedValues } from '../../../../views/assistant/fields/calculated-values.tsx'
import type { ValueFormats } from '../../../../views/assistant/fields/column-row.ts'
import type { MadeField } from '../../../../views/assistant/fields/made-fields.tsx'
import type { Ui } from '../../../../views/ground/ui.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { messageOnPage, problemOnPage } from '../../../i18n/catalogue.ts'
import type { CheckedCalculation } from '../../../pipeline/import/preview/check-calculated.ts'
import type { CheckedSample } from '../../../pipeline/import/preview/check-sample.ts'
import type { MadeAnswer } from '../answers/field-row.ts'
import type { LostField } from '../../../pipeline/import/fields/lost-fields.ts'
import { foldName } from '../../../pipeline/values/find-name.ts'
import { foldedField } from './folded-fields.ts'
import { madeAnswer, madeIn, madeRow } from '../answers/made-answers.ts'

export type KnownOfMade = {
  /** With the names of fields as the table has them. */
  specification: ImportSpecification
  sample: CheckedSample
  lost: readonly LostField[]
  calculation: CheckedCalculation | undefined
  typed: Readonly<Record<string, string>> | undefined
  formatsOf(field: string): ValueFormats
}

/** Rows for fields that a new table has not yet. */
const FREE_ROWS = 2

/** What fills the fields that no column fills, and what expressions give for the first records. */
export function madeFields(ui: Ui, known: KnownOfMade): MadeField[] {
  const { specification, sample, lost, calculation, typed = {}, formatsOf } = known
  const { fields, key } = specification
  const { table } = sample
  const sent = madeIn(typed)
  const answers: MadeAnswer[] = sent.length > 0 ? sent : madeAnswers(specification, known)
  return answers.map(({ field, from, text }, index): MadeField => {
    const row = madeRow(index)
    const was = typed[`was-${row}`] ?? field
    const folded = foldedField({ field, row }, fields[was], typed)
    const isTyped = typed[`asked-${row}`] !== undefined
    const isKey = isTyped ? typed[`key-${row}`] === 'yes' : key.includes(was)
    return {
      field,
      from,
      text,
      was,
      type: table.columns.find(({ name }) => name === was)?.type,
      formats: formatsOf(was),
      lost: lost.find((one) => foldName(one.field) === foldName(was))?.column,
      calculated: calculation && calculatedValues(ui, field, calculation),
      folded: {
        ...folded,
        answers: {
          error: fields[was]?.onError ?? 'reject',
          ...folded.answers,
          key: isKey ? 'yes' : '',
        },
      },
    }
  })
}

/** A row for each field that no column fills, and some that are free where any can be made. */
function madeAnswers(
  { fields, key }: ImportSpecification,
  { sample: { table, columns, isNew }, lost }: Pick<KnownOfMade, 'sample' | 'lost'>,
): MadeAnswer[] {
  const filled = new Set(columns.map(({ field }) => field))
  const ofTable = isNew ? [] : table.columns.filter(({ generated }) => !generated)
  const names = new Set([
    ...ofTable.map(({ name }) => name),
    ...Object.keys(fields),
    ...key,
    ...(isNew ? lost.map(({ field }) => field) : []),
  ])
  const unfilled = [...names].filter((field) => !filled.has(field))
  const free = Array.from({ length: isNew ? FREE_ROWS : 0 }, () => madeAnswer('', null))
  return [...unfilled.map((field) => madeAnswer(field, fields[field]?.from)), ...free]
}

function calculatedValues(
  ui: Ui,
  field: string,
  { expressions, checked, problems }: CheckedCalculation,
): CalculatedValues | undefined {
  const found = expressions.find((one) => one.field === field)
  const problem = problems.get(field)
  // Where another is at fault, nothing was calculated, and nothing is wrong with this one.
  if (found === undefined || (problem === undefined && problems.size > 0)) return undefined
  return {
    examples: found.examples,
    checked,
    misfits: found.misfits,
    faults: found.faults.map(({ line, message }) => ({
      line,
      sentence: messageOnPage(ui.language, message),
    })),
    problem: problem && problemOnPage(ui.language, problem, ui.timeZone),
  }
}
