import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { UnusableError, type RefusedPart } from '../../../domain/words/errors.ts'
import type { StorableProblem } from '../../../domain/words/problems.ts'
import { Calculator } from '../../expressions/calculator.ts'
import { expressionsOf } from '../fields/calculation.ts'

/**
 * Compiles the expressions of an import, without a record.
 * @throws UnusableError with each that is none
 */
export async function requireExpressions({
  fields,
}: Pick<ImportSpecification, 'fields'>): Promise<void> {
  const sources = expressionsOf(Object.values(fields)).map(({ source }) => source)
  if (sources.length === 0) return
  const fault = await faultOf(sources)
  if (fault === undefined) return
  const faults: RefusedPart<StorableProblem>[] = []
  for (const [name, { from }] of Object.entries(fields)) {
    const found = from?.kind === 'expression' ? await faultOf([from.source]) : undefined
    if (found !== undefined) faults.push({ problem: found.problem, at: ['fields', name, 'from'] })
  }
  const [first, ...others] = faults
  throw first === undefined ? fault : new UnusableError(first.problem, { at: first.at, others })
}

async function faultOf(sources: string[]): Promise<UnusableError | undefined> {
  try {
    const calculator = await Calculator.start({ names: [], sources })
    await calculator.stop()
    return undefined
  } catch (error) {
    if (error instanceof UnusableError) return error
    throw error
  }
}
