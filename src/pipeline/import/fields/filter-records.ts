import { compilePattern } from '../../../domain/specification/fields/pattern.ts'
import type { ColumnInfo } from '../../../domain/records/table.ts'
import type { FieldOptions } from '../../../domain/specification/fields/field-options.ts'
import type { FilterCondition, FilterGroup } from '../../../domain/specification/record-filter.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { compareTexts } from '../../../domain/texts/compare.ts'
import { shorten } from '../../../domain/texts/shorten.ts'
import { UnusableError } from '../../../domain/words/errors.ts'
import type { RecordReading } from '../../formats/source-reader.ts'
import { comparingOf } from '../../values/formats/comparing.ts'
import { transformOf } from '../../values/transform.ts'
import { textOfValue } from '../../values/typed-value.ts'
import { columnFinder, sourceNames } from './source-names.ts'

type Fields = Pick<RecordReading, 'fields'>
type Test = (reading: Fields) => boolean

/** A field that a source column fills. */
type FilledField = { column: ColumnInfo; source: number; options: FieldOptions }

/**
 * Whether the filter takes a record; undefined without a filter.
 * @throws UnusableError if it names an unknown column, or a value that the column cannot have
 */
export function recordFilter(
  header: string[],
  specification: ImportSpecification,
  fields: FilledField[],
): Test | undefined {
  const { filter } = specification
  const named = columnFinder(header, specification)
  const nulls = new Set(specification.nulls)
  return filter === null || header.length === 0 ? undefined : groupTest(filter)

  function groupTest({ kind, of }: FilterGroup): Test {
    const tests = of.map((part) =>
      part.kind === 'condition' ? conditionTest(part) : groupTest(part),
    )
    return kind === 'all'
      ? (reading) => tests.every((test) => test(reading))
      : (reading) => tests.some((test) => test(reading))
  }

  function conditionTest(condition: FilterCondition): Test {
    const { column } = condition
    const index = named(column)?.index
    if (index === undefined) {
      const columns = sourceNames(header, specification).join(', ')
      throw new UnusableError({ problem: 'no_file_column', column, columns })
    }
    const filled = fields.find(({ source, options }) => source === index && options.from === null)
    const test = (filled && typedTest(condition, filled)) ?? textTest(condition)
    return ({ fields }) => {
      const text = textOfValue(fields[index])
      return test(nulls.has(text) ? '' : text)
    }
  }
}

const ORDERS = {
  less: (order: number) => order < 0,
  at_most: (order: number) => order <= 0,
  more: (order: number) => order > 0,
  at_least: (order: number) => order >= 0,
}

/**
 * Compares numbers and dates as the field reads them; undefined for other values and operators. A
 * value that cannot be read is taken, so that the import tells what is wrong with it.
 */
function typedTest(
  { column, operator, value }: FilterCondition,
  filled: FilledField,
): ((text: string) => boolean) | undefined {
  const comparing = comparingOf(filled.column, filled.options.format)
  if (!comparing.isOrdered) return undefined
  const transform = transformOf(filled.options.transforms) ?? ((text: string) => text)
  const keyOf = (text: string) => comparing.keyInFile(transform(text))
  const given = keyOf(value) ?? comparing.keysOfGiven(value)[0]
  switch (operator) {
    case 'is':
      return (text) => text === value || (given !== undefined && keyOf(text) === given)
    case 'is_not':
      return (text) => text !== value && (given === undefined || keyOf(text) !== given)
    case 'less':
    case 'at_most':
    case 'more':
    case 'at_least': {
      if (given === undefined) {
        throw new UnusableError({ problem: 'no_comparable', field: column, value: shorten(value) })
      }
      const isIn = ORDERS[operator]
      return (text) => {
        const key = text === '' ? undefined : keyOf(text)
        return key === undefined ? text !== '' : isIn(compareTexts(key, given))
      }
    }
    default:
      return undefined
  }
}

function textTest({ operator, value }: FilterCondition): (text: string) => boolean {
  switch (operator) {
    case 'is':
      return (text) => text === value
    case 'is_not':
      return (text) => text !== value
    case 'contains':
      return (text) => text.includes(value)
    case 'begins_with':
      return (text) => text.startsWith(value)
    case 'ends_with':
      return (text) => text.endsWith(value)
    case 'matches': {
      const pattern = compilePattern(value)
      return (text) => pattern?.matches(text) === true
    }
    case 'less':
    case 'at_most':
    case 'more':
    case 'at_least': {
      const isIn = ORDERS[operator]
      return (text) => text !== '' && isIn(compareTexts(text, value))
    }
    case 'is_empty':
      return (text) => text.trim() === ''
    case 'is_filled':
      return (text) => text.trim() !== ''
  }
}
