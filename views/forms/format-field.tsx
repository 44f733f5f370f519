import { FORMAT_NAMES } from '../../src/domain/formats/formats.ts'
import { SelectField, type Choice } from './fields.tsx'
import type { JobFormProps } from './job-form.ts'

/** The format of a file; what the fields below it ask for means something to delimited text alone. */
export function FormatField({ form, usual }: { form: JobFormProps; usual: string }) {
  const { formats } = form.ui.text.form
  const choices = FORMAT_NAMES.map((name): Choice => [name, formats[name]])
  return <SelectField form={form} name="format" choices={[['', usual], ...choices]} />
}
