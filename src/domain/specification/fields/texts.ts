import { z } from 'zod'
import type { SpecificationProblem } from '../../words/specification-problems.ts'

export const withProblem = (problem: SpecificationProblem) => ({ message: problem })

/** A text that every database can store. */
export function storableText(most: number) {
  return z
    .string()
    .max(most)
    .refine((text) => !text.includes('\0'), withProblem('nul_in_text'))
    .refine((text) => text.isWellFormed(), withProblem('half_character'))
}
