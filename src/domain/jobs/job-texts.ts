import { requireNoNul } from '../texts/nul.ts'
import { InvalidInputError } from '../words/errors.ts'

/** What operators call a job and write about it. */
export type JobTexts = { label: string; description: string }

export const MAX_LABEL = 200

/** Characters. */
const LIMITS = [
  ['label', MAX_LABEL],
  ['description', 2_000],
] as const

/**
 * The texts without blanks around.
 * @throws InvalidInputError for a label of none or too many characters, too long a description, or a
 *   NUL in either
 */
export function checkTexts({ label, description }: JobTexts): JobTexts {
  const texts = { label: label.trim(), description: description.trim() }
  if (texts.label === '') throw new InvalidInputError({ problem: 'empty_part' }, { at: ['label'] })
  for (const [part, limit] of LIMITS) {
    requireNoNul(texts[part], part)
    if ([...texts[part]].length <= limit) continue
    throw new InvalidInputError({ problem: 'too_long', limit }, { at: [part] })
  }
  return texts
}
