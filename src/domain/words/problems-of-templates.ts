/** Why a template is refused, or cannot be found. */
export const PROBLEMS_OF_TEMPLATES = {
  no_template_named: { name: 'text' },
  template_gone: {},
  template_name_taken: { name: 'text' },
  template_native: { name: 'text' },
  template_of_what: {},
  template_of_other_type: { name: 'text' },
} as const
