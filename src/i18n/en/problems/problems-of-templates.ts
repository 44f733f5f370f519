import type { PROBLEMS_OF_TEMPLATES } from '../../../domain/words/problems-of-templates.ts'

export const problemsOfTemplates: Record<keyof typeof PROBLEMS_OF_TEMPLATES, string> = {
  no_template_named:
    'There is no template "{name}"; see those that there are: tallyman templates list',
  template_gone: 'There is no such template, or not any more.',
  template_name_taken: 'There is a template "{name}" already; choose another name.',
  template_native:
    'The template "{name}" ships with the program and cannot be changed; save it under another name.',
  template_of_what: 'Name what is saved: a job (--job ID) or a specification (--spec FILE).',
  template_of_other_type:
    'The template "{name}" is for the other direction: import and export have templates of their own.',
}
