import { fold } from '../texts/fold.ts'
import { requireNoNul } from '../texts/nul.ts'
import { InvalidInputError } from '../words/errors.ts'
import { isNativeKey } from './native-templates.ts'

/** The texts that operators give to a template. */
export type TemplateTexts = { name: string; description: string }

/** Maximum lengths, in characters (code points). */
const LIMITS = [
  ['name', 100],
  ['description', 2_000],
] as const

/**
 * Trims the texts and checks them.
 * @throws InvalidInputError for an empty name, one that ships with the program, or a text too long
 */
export function checkTemplateTexts({ name, description }: TemplateTexts): TemplateTexts {
  const texts = { name: name.trim(), description: description.trim() }
  if (texts.name === '') throw new InvalidInputError({ problem: 'empty_part' }, { at: ['name'] })
  if (isNativeKey(fold(texts.name))) throw nameTaken(texts.name)
  for (const [part, limit] of LIMITS) {
    requireNoNul(texts[part], part)
    if ([...texts[part]].length <= limit) continue
    throw new InvalidInputError({ problem: 'too_long', limit }, { at: [part] })
  }
  return texts
}

export function nameTaken(name: string): InvalidInputError {
  return new InvalidInputError({ problem: 'template_name_taken', name }, { at: ['name'] })
}
