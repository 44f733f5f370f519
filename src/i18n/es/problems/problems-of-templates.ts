import type { PROBLEMS_OF_TEMPLATES } from '../../../domain/words/problems-of-templates.ts'

export const problemsOfTemplates: Record<keyof typeof PROBLEMS_OF_TEMPLATES, string> = {
  no_template_named: 'No existe la plantilla «{name}»; vea las que hay: tallyman templates list',
  template_gone: 'Esta plantilla no existe, o ya no.',
  template_name_taken: 'Ya existe una plantilla «{name}»; elija otro nombre.',
  template_native:
    'La plantilla «{name}» viene con el programa y no se puede cambiar; guárdela con otro nombre.',
  template_of_what:
    'Indique qué se guarda: un trabajo (--job ID) o una especificación (--spec ARCHIVO).',
  template_of_other_type:
    'La plantilla «{name}» es para el otro sentido: importación y exportación tienen sus propias plantillas.',
}
