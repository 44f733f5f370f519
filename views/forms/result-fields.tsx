import { DelimiterField } from './delimiter-field.tsx'
import { Checkbox } from './fields.tsx'
import { FormatField } from './format-field.tsx'
import type { FormField, JobFormProps } from './job-form.ts'
import { KeptParts } from './kept-parts.tsx'

/** What is asked of the file of an export, beside where it lies. */
export const RESULT_FIELDS = [
  'fileName',
  'replace',
  'format',
  'delimiter',
  'otherDelimiter',
  'header',
  'safeCells',
  'gzip',
] as const satisfies FormField[]

/** How the file of an export is written. */
export function ResultFields({ form }: { form: JobFormProps }) {
  const { hints, usual } = form.ui.text.form
  return (
    <>
      <div class="form-columns">
        <FormatField form={form} usual={usual.exportFormat} />
        <DelimiterField form={form} usual={usual.exportDelimiter} />
      </div>
      <Checkbox form={form} name="header" />
      <Checkbox form={form} name="safeCells" hint={hints.safeCells} />
      <Checkbox form={form} name="gzip" hint={hints.gzip} />
      <KeptParts form={form} />
    </>
  )
}
