import { LINE_ENDS } from '../../src/domain/formats/delimited/delimited-options.ts'
import { DelimiterField } from './delimiter-field.tsx'
import { Checkbox, SelectField, TextField, type Choice } from './fields.tsx'
import { FormatField } from './format-field.tsx'
import type { FormField, JobFormProps } from './job-form.ts'

/** What is asked of the file of an export, beside where it lies. */
export const RESULT_FIELDS = [
  'fileName',
  'replace',
  'format',
  'delimiter',
  'otherDelimiter',
  'encoding',
  'lineEnd',
  'nullText',
  'header',
  'bom',
  'quoteAll',
  'safeCells',
  'gzip',
] as const satisfies FormField[]

type ResultProps = { form: JobFormProps; encodings: readonly string[] }

/** How the file of an export is written; `encodings` are those that can be. */
export function ResultFields({ form, encodings }: ResultProps) {
  const { hints, usual, lineEnds } = form.ui.text.form
  return (
    <>
      <div class="form-columns">
        <FormatField form={form} usual={usual.exportFormat} />
        <DelimiterField form={form} usual={usual.exportDelimiter} />
        <SelectField
          form={form}
          name="encoding"
          choices={encodings.map((name): Choice => [name, name])}
        />
        <SelectField
          form={form}
          name="lineEnd"
          choices={LINE_ENDS.map((name): Choice => [name, lineEnds[name]])}
        />
        <TextField form={form} name="nullText" hint={hints.nullText} />
      </div>
      <Checkbox form={form} name="header" />
      <Checkbox form={form} name="bom" hint={hints.bom} />
      <Checkbox form={form} name="quoteAll" />
      <Checkbox form={form} name="safeCells" hint={hints.safeCells} />
      <Checkbox form={form} name="gzip" hint={hints.gzip} />
    </>
  )
}
