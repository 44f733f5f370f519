import type { WritePlan } from '../../../../domain/records/record.ts'
import type { Planned } from '../../statements/planned.ts'
import type { TableShape } from '../../statements/shape.ts'
import { fieldsWritten } from '../../statements/statements.ts'

type Means = { plan: WritePlan; shape: TableShape }

/**
 * Groups the records that one statement takes: those that write the same fields in the same way.
 * Where rows may conflict with each other, only consecutive records form a group.
 */
export function runsOf(means: Means, planned: Planned[]): Planned[][] {
  const nameOf = (one: Planned) => {
    const { kind, key } = one.action
    return `${kind} ${key?.which} ${one.isStaged} ${fieldsWritten(means, one).join()}`
  }
  if (areIndependent(means)) return [...Map.groupBy(planned, nameOf).values()]
  const runs: Planned[][] = []
  let name: string | undefined
  for (const one of planned) {
    const next = nameOf(one)
    if (next === name) runs.at(-1)?.push(one)
    else runs.push([one])
    name = next
  }
  return runs
}

/** Whether only the key's uniqueness lets a row depend on other rows of the table. */
export function areIndependent({ plan, shape }: Means): boolean {
  if (shape.hasTriggers || plan.secondKey.length > 0 || shape.hasSequence) return false
  return shape.constraints.every(({ kind, isOwn, columns, referred }) => {
    if (kind === 'f') return !(isOwn && referred.length > 0)
    if (kind === 'x') return false
    if (kind !== 'p' && kind !== 'u') return true
    const isKey = columns.every((column) => plan.key.includes(column))
    return (isKey && columns.length > 0) || !columns.some((one) => plan.fields.includes(one))
  })
}
