import type { TemplateAnswers, TemplateFault } from '../../../../views/templates/template-forms.tsx'
import type { Ui } from '../../../../views/ground/ui.ts'
import { WrongSpecificationError } from '../../../domain/specification/specification-file.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import { problemOnPage } from '../../../i18n/catalogue.ts'

export function templateAnswers(form: Record<string, unknown>): TemplateAnswers {
  const text = (field: keyof TemplateAnswers) => {
    const given = form[field]
    // Browsers send the ends of lines as those of Windows.
    return typeof given === 'string' ? given.replace(/\r\n?/g, '\n') : ''
  }
  return {
    name: text('name').replaceAll('\n', ' '),
    description: text('description'),
    specification: text('specification'),
  }
}

/** Why a template was refused, at the field to correct; other errors are thrown on. */
export function templateFault({ language }: Ui, error: unknown): TemplateFault {
  if (error instanceof WrongSpecificationError) {
    const sentences = error.faults.map(({ at, problem }) =>
      [at.join('.'), problemOnPage(language, problem)].filter((part) => part !== '').join(': '),
    )
    return { field: 'specification', sentences }
  }
  if (!(error instanceof InvalidInputError)) throw error
  const [part] = error.at ?? []
  const sentences = [problemOnPage(language, error.problem)]
  if (part === 'name' || part === 'description') return { field: part, sentences }
  return { field: 'specification', sentences }
}
