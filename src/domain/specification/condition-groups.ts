import type { z } from 'zod'
import { withProblem } from './fields/texts.ts'

/** How conditions are put together, in filters of records and of rows. */
export const CONDITION_GROUPS = ['all', 'any'] as const

export const MOST_CONDITIONS = 100
/** Groups in groups; deeper ones nobody can read. */
const MOST_LEVELS = 5

type Nested = { kind: (typeof CONDITION_GROUPS)[number]; of: (Nested | { kind: 'condition' })[] }

/** A filter of that grammar, no deeper than can be read; null: there is none. */
export function filterOf<T extends Nested, Input>(group: z.ZodType<T, Input>) {
  return group
    .refine((filter) => levelsOf(filter) <= MOST_LEVELS, withProblem('too_deep'))
    .nullable()
    .default(null)
}

function levelsOf({ of }: Nested): number {
  return 1 + Math.max(0, ...of.map((part) => (part.kind === 'condition' ? 0 : levelsOf(part))))
}
