import { fill } from '../../src/i18n/console.ts'
import type { JobFormProps } from './job-form.ts'

/** What a job made elsewhere has and no field of the form shows: it stays as it is. */
export function KeptParts({ form: { ui, job } }: { form: JobFormProps }) {
  if (job?.type !== 'import') return null

  const { map, fields, secondKey, nulls } = job.specification
  const { kept, parts } = ui.text.form
  const names = [
    ...(secondKey.length > 0 ? [`${parts.secondKey} (${secondKey.join(', ')})`] : []),
    ...(Object.keys(map).length > 0 ? [`${parts.map} (${pairsOf(map)})`] : []),
    ...(nulls.length > 0 ? [`${parts.nulls} (${nulls.join(', ')})`] : []),
    ...(Object.keys(fields).length > 0
      ? [`${parts.fields} (${Object.keys(fields).join(', ')})`]
      : []),
  ]
  return names.length === 0 ? null : (
    <p class="field-hint">{fill(kept, { parts: names.join('; ') })}</p>
  )
}

function pairsOf(map: Record<string, string>): string {
  return Object.entries(map)
    .map(([column, field]) => `${column} → ${field}`)
    .join(', ')
}
