import type { z } from 'zod'
import type { Problem } from '../words/problems.ts'
import { isSpecificationProblem } from '../words/specification-problems.ts'

/** A wrong part of a specification, as a path into it, and what is wrong with it. */
export type SpecificationFault = { at: string[]; problem: Problem }

/** Every fault that a schema found, in its order. */
export function faultsOf({ issues }: z.core.$ZodError): SpecificationFault[] {
  return issues.flatMap((issue) => {
    const at = issue.path.map(String)
    if (issue.code !== 'unrecognized_keys') return [{ at, problem: problemOf(issue) }]
    return issue.keys.map((key) => ({ at: [...at, key], problem: { problem: 'unknown_part' } }))
  })
}

function problemOf(issue: z.core.$ZodIssue): Problem {
  switch (issue.code) {
    case 'custom':
      return isSpecificationProblem(issue.message) ? { problem: issue.message } : NOT_UNDERSTOOD
    case 'invalid_value':
      return { problem: 'no_choice', choices: issue.values.map(String).join(', ') }
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? { problem: 'no_choice', choices: choicesOf(issue.options) }
        : NOT_UNDERSTOOD
    case 'too_small':
      return sizeProblem(issue.origin, { least: Number(issue.minimum) })
    case 'too_big':
      return sizeProblem(issue.origin, { most: Number(issue.maximum) })
    case 'invalid_type':
      return { problem: EXPECTED[issue.expected] ?? 'not_understood' }
    default:
      return NOT_UNDERSTOOD
  }
}

/** null stands for what is left open, and nobody writes that. */
function choicesOf(options: unknown[]): string {
  return options
    .filter((option) => option !== null)
    .map(String)
    .join(', ')
}

function sizeProblem(
  origin: string,
  { least = 1, most }: { least?: number; most?: number },
): Problem {
  if (origin === 'string') {
    return most === undefined ? { problem: 'empty_part' } : { problem: 'too_long', limit: most }
  } else if (origin === 'array') {
    return most === undefined
      ? { problem: 'empty_part' }
      : { problem: 'too_many_parts', limit: most }
  }
  return most === undefined
    ? { problem: 'amount_too_small', least }
    : { problem: 'amount_too_large', most }
}

const NOT_UNDERSTOOD = { problem: 'not_understood' } as const

/** By the type that a schema expects, as zod names it. */
const EXPECTED: Partial<Record<string, ExpectedProblem>> = {
  int: 'no_amount',
  number: 'no_amount',
  string: 'no_text',
  boolean: 'no_flag',
  array: 'no_list',
  object: 'no_object',
  record: 'no_object',
}
type ExpectedProblem = 'no_amount' | 'no_text' | 'no_flag' | 'no_list' | 'no_object'
