import type { Value, Violation, WritePlan } from '../../../domain/records/record.ts'
import type { CanonicalTexts } from '../statements/canonical-texts.ts'
import { emptyFields } from '../statements/empty-fields.ts'
import { misfitOf } from '../statements/fit.ts'
import type { Planned } from '../statements/planned.ts'
import type { TableShape } from '../statements/shape.ts'
import type { CatalogColumn } from '../tables/read-columns.ts'
import { violationOf } from './violation.ts'

type Means = { shape: TableShape; canonical: CanonicalTexts }

/** Why an action can't be taken, as far as that is known without the server. */
export function misfitOfAction(
  { plan, shape, canonical }: Means & { plan: WritePlan },
  { action }: Planned,
): Violation | undefined {
  if (action.kind === 'deleted') return undefined
  for (const [at, column] of shape.fields.entries()) {
    const value = action.asked[at]
    const fault = canonical.faultOf(value, column)
    if (fault !== undefined)
      return { ...violationOf(fault, shape, action.kind), field: column.name }
    const misfit = misfitOf(value, column)
    if (misfit !== undefined) return misfit
  }
  // A trigger may fill an empty field.
  return shape.hasTriggers ? undefined : emptyFields(plan, action)[0]
}

/** Why a value does not fit its column, as far as that is known without writing it. */
export function valueMisfit(
  value: Value | undefined,
  column: CatalogColumn,
  { shape, canonical }: Means,
): Violation | undefined {
  const fault = canonical.faultOf(value, column)
  if (fault === undefined) return misfitOf(value, column)
  return { ...violationOf(fault, shape, 'inserted'), field: column.name }
}
