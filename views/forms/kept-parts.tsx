import type { ImportSpecification } from '../../src/domain/specification/specification.ts'
import { fill } from '../../src/i18n/console.ts'
import { templateKind } from '../../src/domain/templates/template.ts'
import type { Ui } from '../ground/ui.ts'
import { readingOptions } from '../formats/delimited-facts.tsx'
import type { JobFormProps } from './job-form.ts'

/** Options of a job or template that the form has no field for; they stay unchanged. */
export function KeptParts({ form: { ui, job, template } }: { form: JobFormProps }) {
  const kind = job ?? (template && templateKind(template))
  if (kind === undefined) return null
  const { kept } = ui.text.form
  // An export has its steps alone, which ask for all that it has.
  const names = kind.type === 'import' ? importParts(ui, kind.specification) : []
  return names.length === 0 ? null : (
    <p class="field-hint">{fill(kept, { parts: names.join('; ') })}</p>
  )
}

function importParts(ui: Ui, specification: ImportSpecification): string[] {
  const { parts } = ui.text.form
  const { map, fields, secondKey, nulls } = specification
  return [
    ...(secondKey.length > 0 ? [`${parts.secondKey} (${secondKey.join(', ')})`] : []),
    ...(Object.keys(map).length > 0 ? [`${parts.map} (${pairsOf(map)})`] : []),
    ...(nulls.length > 0 ? [`${parts.nulls} (${nulls.join(', ')})`] : []),
    ...(Object.keys(fields).length > 0
      ? [`${parts.fields} (${Object.keys(fields).join(', ')})`]
      : []),
    ...(specification.format === 'delimited' ? wordsOf(readingOptions(ui, specification)) : []),
  ]
}

function wordsOf(facts: { name: string; value: string }[]): string[] {
  return facts.map(({ name, value }) => `${name}: ${value}`)
}

function pairsOf(map: Record<string, string>): string {
  return Object.entries(map)
    .map(([column, field]) => `${column} → ${field}`)
    .join(', ')
}
