import {
  MISSING_COLUMNS,
  SURPLUS_COLUMNS,
} from '../../src/domain/formats/delimited/delimited-options.ts'
import { DelimiterField } from '../forms/delimiter-field.tsx'
import { Checkbox, SelectField, TextField, type Choice } from '../forms/fields.tsx'
import { FormatField } from '../forms/format-field.tsx'
import { SOURCE_FIELDS, type FormField, type JobFormProps } from '../forms/job-form.ts'

/** The fields that are folded away while a file is read as it should be. */
export const DIALECT_FIELDS = [
  ...SOURCE_FIELDS,
  'quote',
  'escape',
  'recordEnd',
  'comment',
  'nulls',
] as const satisfies FormField[]

/** Every option of how a source is read. */
export function DialectFields({
  form,
  encodings,
}: {
  form: JobFormProps
  encodings: readonly string[]
}) {
  const { text } = form.ui
  const { hints, usual } = text.form
  const { file } = text.assistant
  const choices = <Key extends string>(keys: readonly Key[], words: Record<Key, string>) =>
    keys.map((key): Choice => [key, words[key]])
  return (
    <div class="dialect">
      <div class="form-columns">
        <FormatField form={form} usual={usual.found} />
        <DelimiterField form={form} usual={usual.found} />
        <SelectField
          form={form}
          name="encoding"
          choices={[['', usual.found], ...encodings.map((name): Choice => [name, name])]}
        />
        <TextField form={form} name="quote" hint={file.hints.quote} />
        <TextField form={form} name="escape" hint={file.hints.quote} />
        <TextField form={form} name="recordEnd" hint={file.hints.recordEnd} />
        <TextField form={form} name="comment" />
        <TextField form={form} name="nulls" hint={file.hints.nulls} />
        <TextField form={form} name="skip" hint={hints.skip} inputmode="numeric" />
        <TextField form={form} name="headerLines" hint={hints.headerLines} inputmode="numeric" />
        <TextField form={form} name="skipLast" hint={hints.skipLast} inputmode="numeric" />
        <SelectField
          form={form}
          name="missingColumns"
          choices={choices(MISSING_COLUMNS, file.missingColumns)}
        />
        <SelectField
          form={form}
          name="surplusColumns"
          choices={choices(SURPLUS_COLUMNS, file.surplusColumns)}
        />
      </div>
      <TextField form={form} name="columns" hint={hints.ownNames} />
      <Checkbox form={form} name="header" hint={hints.header} />
      <Checkbox form={form} name="trim" />
      <Checkbox form={form} name="mergeDelimiters" />
      <Checkbox form={form} name="multiline" />
      {form.job !== undefined && (
        <button type="submit" id="button-again" name="act" value="again" class="button">
          {file.readAgain}
        </button>
      )}
    </div>
  )
}
