import {
  COMMON_DELIMITERS,
  commonDelimiter,
  parseDelimiter,
} from '../../src/domain/formats/delimited/special-characters.ts'
import { SelectField, TextField, type Choice } from './fields.tsx'
import type { Answers, JobFormProps } from './job-form.ts'

/** A choice of common delimiters by name, and a text field for any other. */
export function DelimiterField({ form, usual }: { form: JobFormProps; usual: string }) {
  const { hints, delimiters } = form.ui.text.form
  const answers = { ...form.answers, ...delimiterAnswers(form.answers) }
  const { delimiter, otherDelimiter = '' } = form.answers
  const isOther = delimiter === 'other' || otherDelimiter !== ''
  const fault = isOther ? faultAtTextField(form.fault) : form.fault
  const shown = { ...form, answers, fault }
  return (
    <>
      <SelectField
        form={shown}
        name="delimiter"
        choices={[
          ['', usual],
          ...COMMON_DELIMITERS.map((name): Choice => [name, delimiters[name]]),
          ['other', delimiters.other],
        ]}
      />
      <TextField form={shown} name="otherDelimiter" hint={hints.otherDelimiter} />
    </>
  )
}

/** A delimiter that is not in the list, for example from a link, goes into the text field. */
function delimiterAnswers({ delimiter = '', otherDelimiter = '' }: Answers): Answers {
  if (otherDelimiter !== '') return { delimiter: 'other', otherDelimiter }
  if (delimiter === '' || delimiter === 'other') return { delimiter }
  const common = commonDelimiter(parseDelimiter(delimiter))
  return common === undefined
    ? { delimiter: 'other', otherDelimiter: delimiter }
    : { delimiter: common }
}

/** Shows the error at the text field that it comes from. */
function faultAtTextField(fault: JobFormProps['fault']): JobFormProps['fault'] {
  return fault?.field === 'delimiter' ? { ...fault, field: 'otherDelimiter' } : fault
}
