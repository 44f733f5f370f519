import type { ToldFault } from '../../../../views/assistant/fields/faulty.tsx'
import type { Ui } from '../../../../views/ground/ui.ts'
import { DEFAULT_FIELD_OPTIONS } from '../../../domain/specification/fields/field-options.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { RefusedPart } from '../../../domain/words/errors.ts'
import { Refusals } from '../../../domain/words/refusals.ts'
import { problemOnPage } from '../../../i18n/catalogue.ts'
import { fill } from '../../../i18n/console.ts'
import { shown } from '../../../i18n/shown.ts'
import type { CheckedSample } from '../../../pipeline/import/preview/check-sample.ts'
import type { LostField } from '../../../pipeline/import/fields/lost-fields.ts'
import { checksIn } from '../answers/check-answers.ts'
import { withNames } from '../../forms/with-names.ts'
import { answersAt } from '../answers/field-answers.ts'
import { madeIn, madeRow } from '../answers/made-answers.ts'
import { inputAt, type PlacedRow } from './input-at.ts'

type Known = {
  specification: ImportSpecification
  sample: CheckedSample | undefined
  /** The fields of the page that no column fills, in their order. */
  made: readonly { field: string }[]
  lost: readonly LostField[]
  typed: Readonly<Record<string, string>> | undefined
}

/** What is wrong with the columns, each with the input that it is about. */
export function toldFaults(ui: Ui, faults: readonly RefusedPart[], known: Known): ToldFault[] {
  const rows = rowsOf(known)
  return faults.map((fault) => ({
    sentence: withField(ui, fault),
    input: inputAt(placeOf(fault, known.lost), rows, known.typed ?? {}),
  }))
}

/** A column that the file lacks has no input: the first field that is left without one has. */
function placeOf({ problem, at }: RefusedPart, lost: readonly LostField[]): RefusedPart['at'] {
  const isOfLost = 'problem' in problem && LACKING.includes(problem.problem)
  if (!isOfLost || at !== undefined) return at
  const left = lost.find(({ guess }) => guess === undefined)
  return left && ['fields', left.field]
}

const LACKING: string[] = ['no_file_column', 'no_file_columns']

/** A reason, and the field that it is about, where that is not in it. */
function withField(ui: Ui, { problem, at = [] }: RefusedPart): string {
  const sentence = problemOnPage(ui.language, withNames(problem), ui.timeZone)
  const [part, field, option] = at
  const isOfColumn = option === 'format' && 'column' in problem
  if (field === undefined || (part !== 'fields' && part !== 'types')) return sentence
  if ('field' in problem || isOfColumn) return sentence
  return fill(ui.text.assistantFields.inField, { field: shown(field), sentence })
}

function rowsOf({ specification, sample, made, typed = {} }: Known): PlacedRow[] {
  const checksOf = (row: string, field: string): PlacedRow['checks'] => {
    const known = (specification.fields[field] ?? DEFAULT_FIELD_OPTIONS).checks
    const answers = answersAt(typed, row)
    const sent =
      answers.asked === undefined ? undefined : new Refusals().try(() => checksIn(answers, known))
    return (sent ?? known).map(({ kind }) => kind)
  }
  const columns = (sample?.columns ?? []).map(({ name, field }, at): PlacedRow => {
    const now = typed[`field-${at}`]?.trim() ?? field ?? ''
    return { row: String(at), field: now, column: name, checks: checksOf(String(at), now) }
  })
  const sent = madeIn(typed)
  const others = (sent.length > 0 ? sent : made.map(({ field }, index) => ({ field, index }))).map(
    ({ field, index }): PlacedRow => {
      const row = madeRow(index)
      return { row, field, made: index, checks: checksOf(row, field) }
    },
  )
  // What a column fills comes before what is made of nothing.
  return [...others, ...columns]
}
