import type { JobType } from '../../domain/states/status.ts'
import type { Template } from '../../domain/templates/template.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { requireTemplateNamed } from '../../engine/templates/templates.ts'
import type { Call } from '../ground/session.ts'

/** The value of --template; undefined without that option. */
export function templateNameOf(options: unknown): string | undefined {
  const isGiven = typeof options === 'object' && options !== null && 'template' in options
  return isGiven && typeof options.template === 'string' ? options.template : undefined
}

/**
 * The template of the call, if it names one.
 * @throws NotFoundError
 * @throws InvalidInputError for one of the other type
 */
export async function templateOfCall(
  { store }: Call,
  options: unknown,
  type: JobType,
): Promise<Template | undefined> {
  const name = templateNameOf(options)
  if (name === undefined) return undefined
  const template = await requireTemplateNamed(store.db, name)
  if (template.type === type) return template
  throw new InvalidInputError({ problem: 'template_of_other_type', name }, { at: ['template'] })
}
