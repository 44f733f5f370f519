import { compilePattern } from '../../../domain/specification/fields/pattern.ts'
import type { FilterCondition, FilterGroup } from '../../../domain/specification/record-filter.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { compareTexts } from '../../../domain/texts/compare.ts'
import { UnusableError } from '../../../domain/words/errors.ts'
import type { RecordReading } from '../../formats/source-reader.ts'
import { textOfValue } from '../../values/typed-value.ts'
import { columnFinder, sourceNames } from './source-names.ts'

type Fields = Pick<RecordReading, 'fields'>
type Test = (reading: Fields) => boolean

/**
 * Whether the filter takes a record; undefined without a filter.
 * @throws UnusableError if it names an unknown column
 */
export function recordFilter(
  header: string[],
  specification: ImportSpecification,
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
    const test = textTest(condition)
    return ({ fields }) => {
      const text = textOfValue(fields[index])
      return test(nulls.has(text) ? '' : text)
    }
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
      return (text) => text !== '' && compareTexts(text, value) < 0
    case 'at_most':
      return (text) => text !== '' && compareTexts(text, value) <= 0
    case 'more':
      return (text) => text !== '' && compareTexts(text, value) > 0
    case 'at_least':
      return (text) => text !== '' && compareTexts(text, value) >= 0
    case 'is_empty':
      return (text) => text.trim() === ''
    case 'is_filled':
      return (text) => text.trim() !== ''
  }
}
