import { requireNoNul } from '../texts/nul.ts'
import { InvalidInputError } from '../words/errors.ts'

/** The texts that operators give to a job. */
export type JobTexts = { label: string; description: string }

export const MAX_LABEL = 200

/** Maximum lengths, in characters (code points). */
const LIMITS = [
  ['label', MAX_LABEL],
  ['description', 2_000],
] as const

/**
 * Trims the texts and checks their lengths.
 * @throws InvalidInputError for an empty or too long label, a too long description, or a NUL in
 *   either
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
