import { RE2JS, RE2JSException } from 're2js'
import { storableText, withProblem } from './texts.ts'

const LONGEST = 1_000

/**
 * A regular expression in the syntax of RE2 (github.com/google/re2/wiki/Syntax), which takes linear
 * time on every text: a specification may come from outside, and no pattern may hold a worker.
 */
export const patternText = storableText(LONGEST).refine(
  (text) => text !== '' && compilePattern(text) !== undefined,
  withProblem('no_pattern'),
)

export function compilePattern(text: string): RE2JS | undefined {
  try {
    return RE2JS.compile(text)
  } catch (error) {
    if (error instanceof RE2JSException) return undefined
    throw error
  }
}
