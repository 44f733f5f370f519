import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { Calculator } from '../../expressions/calculator.ts'
import { expressionsOf } from '../fields/calculation.ts'

/**
 * Compiles the expressions of an import, without a record.
 * @throws UnusableError if one is none
 */
export async function requireExpressions({
  fields,
}: Pick<ImportSpecification, 'fields'>): Promise<void> {
  const sources = expressionsOf(Object.values(fields)).map(({ source }) => source)
  if (sources.length === 0) return
  const calculator = await Calculator.start({ names: [], sources })
  await calculator.stop()
}
