import type { Template } from '../../domain/templates/template.ts'
import type { JobType } from '../../domain/states/status.ts'
import { NotFoundError } from '../../domain/words/errors.ts'
import { requireTemplate } from '../../engine/templates/templates.ts'
import type { AppDeps } from '../ground/env.ts'

/**
 * The template that an address or a form names, if it names one.
 * @throws NotFoundError for one that is gone, or is of the other type
 */
export async function templateNamed(
  { store }: Pick<AppDeps, 'store'>,
  type: JobType,
  key: string | undefined,
): Promise<Template | undefined> {
  if (key === undefined || key === '') return undefined
  const template = await requireTemplate(store.db, key)
  if (template.type !== type) throw new NotFoundError({ problem: 'template_gone' })
  return template
}
