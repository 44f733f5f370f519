import { readingOptionsOf, writingOptionsOf } from '../../src/domain/specification/dialect-flags.ts'
import type { ImportSpecification } from '../../src/domain/specification/specification.ts'
import { fill } from '../../src/i18n/console.ts'
import type { Ui } from '../ground/ui.ts'
import type { JobFormProps } from './job-form.ts'

/** Options of a job that the form has no field for; they stay unchanged. */
export function KeptParts({ form: { ui, job } }: { form: JobFormProps }) {
  if (job === undefined) return null
  const { kept, parts } = ui.text.form
  const names =
    job.type === 'import'
      ? importParts(job.specification, parts)
      : writingOptionsOf(job.specification)
  return names.length === 0 ? null : (
    <p class="field-hint">{fill(kept, { parts: names.join('; ') })}</p>
  )
}

function importParts(
  specification: ImportSpecification,
  parts: Ui['text']['form']['parts'],
): string[] {
  const { map, fields, secondKey, nulls } = specification
  return [
    ...(secondKey.length > 0 ? [`${parts.secondKey} (${secondKey.join(', ')})`] : []),
    ...(Object.keys(map).length > 0 ? [`${parts.map} (${pairsOf(map)})`] : []),
    ...(nulls.length > 0 ? [`${parts.nulls} (${nulls.join(', ')})`] : []),
    ...(Object.keys(fields).length > 0
      ? [`${parts.fields} (${Object.keys(fields).join(', ')})`]
      : []),
    ...readingOptionsOf(specification),
  ]
}

function pairsOf(map: Record<string, string>): string {
  return Object.entries(map)
    .map(([column, field]) => `${column} → ${field}`)
    .join(', ')
}
