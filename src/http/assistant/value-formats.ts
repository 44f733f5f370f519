import type { ValueFormats } from '../../../views/assistant/fields/column-row.ts'
import {
  DEFAULT_FIELD_OPTIONS,
  type FieldOptions,
} from '../../domain/specification/fields/field-options.ts'
import {
  FORMAT_KEYS,
  formatKeyOf,
  partsOf,
} from '../../domain/specification/fields/named-formats.ts'
import type { CheckedSample } from '../../pipeline/import/preview/check-sample.ts'
import type { FormatGuess } from '../../pipeline/import/preview/guess-format.ts'
import { FORMATS_OF_TYPE } from './formats-of-type.ts'

type Known = { guess: FormatGuess; options: FieldOptions | undefined; index?: number }

/** How the values of a field are read, and how they may be; `index` is that of its column. */
export function valueFormats(
  { table, isNew, yearsIn, currencyIn }: CheckedSample,
  field: string | undefined,
  { guess, options = DEFAULT_FIELD_OPTIONS, index }: Known,
): ValueFormats {
  const { format } = options
  const type = table.columns.find(({ name }) => name === field)?.type
  const key = format === null ? '' : (formatKeyOf(format) ?? 'own')
  const offered = isNew ? FORMAT_KEYS : type === undefined ? [] : FORMATS_OF_TYPE[type]
  return {
    format: key,
    // One that a specification has for another type stays until another is chosen.
    formats: FORMAT_KEYS.filter((one) => one === key || offered.includes(one)),
    isFormatGuessed:
      guess.kind === 'format' && JSON.stringify(guess.format) === JSON.stringify(format),
    ambiguous: format === null && guess.kind === 'ambiguous' ? guess.of : undefined,
    parts: format === null ? {} : partsOf(format),
    years: index === undefined ? [] : yearsIn(index, options),
    hasCurrency: index !== undefined && currencyIn(index) !== undefined,
  }
}
