import type { FieldOptions } from '../../../domain/specification/fields/field-options.ts'
import type { ValueSource } from '../../../domain/specification/fields/value-source.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { Setup } from '../../expressions/calculator.ts'
import type { RecordReading } from '../../formats/source-reader.ts'
import { textOfValue } from '../../values/typed-value.ts'
import { mayUseAnyColumn } from './made-fields.ts'
import { sourceNames } from './source-names.ts'

type Expression = Extract<ValueSource, { kind: 'expression' }>

/** The expressions of a plan, and the values of a record that they are given. */
export type Calculation = Setup & { valuesOf(reading: Pick<RecordReading, 'fields'>): string[] }

export function expressionsOf(options: FieldOptions[]): Expression[] {
  return options.flatMap(({ from }) => (from?.kind === 'expression' ? [from] : []))
}

/**
 * Undefined without expressions. Only columns whose names occur in one are given, unless a name is
 * put together there.
 */
export function calculationOf(
  header: string[],
  specification: ImportSpecification,
  expressions: Expression[],
): Calculation | undefined {
  if (expressions.length === 0) return undefined
  const nulls = new Set(specification.nulls)
  const sources = expressions.map(({ source }) => source)
  const isOpen = sources.some(mayUseAnyColumn)
  const columns = sourceNames(header, specification)
    .map((name, index) => ({ name, index }))
    .filter(({ name }) => isOpen || sources.some((source) => source.includes(name)))
  return {
    names: columns.map(({ name }) => name),
    sources,
    valuesOf: ({ fields }) =>
      columns.map(({ index }) => {
        const text = textOfValue(fields[index])
        return nulls.has(text) ? '' : text
      }),
  }
}
