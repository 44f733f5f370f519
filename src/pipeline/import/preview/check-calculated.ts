import { DEFAULT_FIELD_OPTIONS } from '../../../domain/specification/fields/field-options.ts'
import { LONGEST_SHOWN, shorten } from '../../../domain/texts/shorten.ts'
import { UnusableError } from '../../../domain/words/errors.ts'
import type { Problem } from '../../../domain/words/problems.ts'
import { Calculator, type Calculated } from '../../expressions/calculator.ts'
import type { ImportPlan } from '../plan/match-table.ts'
import { requireExpressions } from '../plan/require-expressions.ts'
import { validator } from '../validate.ts'
import type { Misfit } from './check-sample.ts'
import type { OpenPreview } from './open-preview.ts'
import { previewPlan } from './preview-plan.ts'

/** What an expression gives for the first records. */
export type CheckedExpression = {
  field: string
  /** Different values of its field. */
  examples: string[]
  /** Number of records whose result is an error or does not fit the field, and the first of them. */
  misfits: number
  faults: Misfit[]
}

export type CheckedCalculation = {
  expressions: CheckedExpression[]
  /** Number of records calculated. */
  checked: number
  /** Why nothing is calculated: expressions that are none, or all that do not end together. */
  problems: ReadonlyMap<string, Problem>
}

/** Records that are calculated for a page. */
const MOST_RECORDS = 200
/** For each record as long as an import has for it; a busy machine needs some of it for any number. */
const PATIENCE_MS = 10 * MOST_RECORDS
const EXAMPLES = 3
const MOST_FAULTS = 3

/**
 * Calculates the fields that come from expressions, in the same sandbox as an import; undefined
 * where there are none.
 */
export async function checkCalculated(
  preview: OpenPreview,
): Promise<CheckedCalculation | undefined> {
  const plan = previewPlan(preview)
  const { fields } = plan.mapping
  const places = plan.options.flatMap(({ from }, at) => (from?.kind === 'expression' ? [at] : []))
  if (places.length === 0) return undefined
  const origins = new Map(preview.records.map((record, at) => [record, preview.origins[at]]))
  const records = preview.records
    .filter((record) => plan.isWanted(record) && plan.isWanted(record, record.read()))
    .filter((record) => plan.reader.messageOf(record.read(), () => record.raw) === undefined)
    .slice(0, MOST_RECORDS)
  const named = (at: number) => fields[at]?.name ?? ''
  try {
    const results = await calculate(plan, records)
    const validate = validator(plan)
    const checked = records.map((record, at) => validate(record, results[at]))
    const expressions = places.map((at) => {
      const values = checked.flatMap(({ values }) => {
        const value = values[at] ?? null
        return value === null ? [] : shorten(String(value), LONGEST_SHOWN)
      })
      const faults = checked.flatMap(({ record, source, problems }, place) => {
        const file = records[place] && origins.get(records[place])
        return problems
          .filter(({ field }) => field === named(at))
          .map(({ message }) => ({ record, line: source.line, file, value: '', message }))
      })
      return {
        field: named(at),
        examples: [...new Set(values)].slice(0, EXAMPLES),
        misfits: faults.length,
        faults: faults.slice(0, MOST_FAULTS),
      }
    })
    return { expressions, checked: checked.length, problems: new Map() }
  } catch (error) {
    if (!(error instanceof UnusableError)) throw error
    const expressions = places.map((at) => ({
      field: named(at),
      examples: [],
      misfits: 0,
      faults: [],
    }))
    const own = await problemsOf(plan)
    const all = new Map(expressions.map(({ field }) => [field, error.problem]))
    return { expressions, checked: 0, problems: own.size > 0 ? own : all }
  }
}

/** The expressions that are none, by their fields. */
async function problemsOf({ mapping, options }: ImportPlan): Promise<Map<string, Problem>> {
  const named = mapping.fields.map(({ name }, at) => [name, options[at] ?? DEFAULT_FIELD_OPTIONS])
  try {
    await requireExpressions({ fields: Object.fromEntries(named) })
    return new Map()
  } catch (error) {
    if (!(error instanceof UnusableError)) throw error
    return new Map(error.faults.map(({ problem, at }) => [at?.[1] ?? '', problem]))
  }
}

async function calculate(
  { calculation }: ImportPlan,
  records: OpenPreview['records'],
): Promise<Calculated[][]> {
  if (calculation === undefined) return []
  const calculator = await Calculator.start(calculation)
  try {
    const values = records.map((record) => calculation.valuesOf(record.read()))
    return await calculator.calculate(values, PATIENCE_MS)
  } finally {
    await calculator.stop()
  }
}
