import { DEFAULT_FIELD_OPTIONS } from '../../../domain/specification/fields/field-options.ts'
import { namedFormat, type FormatKey } from '../../../domain/specification/fields/named-formats.ts'
import type { ValueFormat } from '../../../domain/specification/fields/value-format.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { UnusableError } from '../../../domain/words/errors.ts'
import type { SourceRecord } from '../../formats/source-reader.ts'
import { currencyOf } from '../../values/formats/currency-mark.ts'
import { dateReader } from '../../values/formats/date-reader.ts'
import { planOf, type ImportPlan } from '../plan/match-table.ts'
import { validator } from '../validate.ts'

/** The formats in which the most values fit a field, more than fit it so far. */
export type BetterFormat = { keys: [FormatKey, ...FormatKey[]]; fitting: number }

type Known = {
  plan: ImportPlan
  specification: ImportSpecification
  /** The place of the field in the plan, and the changed values of its column. */
  at: number
  texts: string[]
  /** The formats that can be chosen, and how many records fit as they are read now. */
  keys: readonly FormatKey[]
  fitting: number
}

/** By the validation of the import, so that own checks of the field count as they do there. */
export function betterFormat(records: SourceRecord[], known: Known): BetterFormat | undefined {
  const mark = currencyOf(known.texts)
  // A number without the sign is no percentage because it could be read as one.
  const arePercent = known.texts.some((text) => text.includes('%'))
  const keys = known.keys
    .filter((key) => arePercent || !key.startsWith('percent'))
    .filter((key) => isOtherwiseDated(known, namedFormat(key)))
  const counted = keys.map((key) => {
    const validate = validatorIn(known, namedFormat(key, mark))
    const fitting = records.filter((record) => validate?.(record).problems.length === 0)
    return { key, fitting: fitting.length }
  })
  const fitting = Math.max(...counted.map((one) => one.fitting))
  const [key, ...others] = counted.flatMap((one) => (one.fitting === fitting ? one.key : []))
  return key === undefined || fitting <= known.fitting
    ? undefined
    : { keys: [key, ...others], fitting }
}

/** Whether more dates are written in another order, apart from days that their months lack. */
function isOtherwiseDated({ plan, at, texts }: Known, format: ValueFormat): boolean {
  const own = plan.options[at]?.format ?? null
  return own?.kind !== 'date' || format.kind !== 'date' || countIn(format) > countIn(own)

  function countIn(one: ValueFormat): number {
    const read = dateReader(one)
    return texts.filter((text) => read(text) !== undefined).length
  }
}

/** Of this one field; undefined where a check has a bound that is none in the format. */
function validatorIn(
  { plan, specification, at }: Known,
  format: ValueFormat,
): ReturnType<typeof validator> | undefined {
  const { table, mapping, options, memo, isWanted } = plan
  const fields = mapping.fields.slice(at, at + 1)
  const own = { ...(options[at] ?? DEFAULT_FIELD_OPTIONS), format }
  const said = Object.fromEntries(fields.map(({ name }) => [name, own]))
  const one = { ...mapping, fields, sources: mapping.sources.slice(at, at + 1) }
  try {
    const specified = { ...specification, filter: null, fields: said }
    return validator({ ...planOf(table, one, { specification: specified, memo }), isWanted })
  } catch (error) {
    if (!(error instanceof UnusableError)) throw error
    return undefined
  }
}
