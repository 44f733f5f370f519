import {
  COMMON_DELIMITERS,
  commonDelimiter,
  parseDelimiter,
} from '../../src/domain/specification/special-characters.ts'
import { SelectField, TextField, type Choice } from './fields.tsx'
import type { Answers, JobFormProps } from './job-form.ts'

/** The usual delimiters by their names, and any other as it is typed. */
export function DelimiterField({ form, usual }: { form: JobFormProps; usual: string }) {
  const { hints, delimiters } = form.ui.text.form
  const answers = { ...form.answers, ...chosenOf(form.answers) }
  const { delimiter, otherDelimiter = '' } = form.answers
  const isOther = delimiter === 'other' || otherDelimiter !== ''
  const fault = isOther ? atOther(form.fault) : form.fault
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

/** What was not chosen but typed, as a link or a program may do, stands where it can be typed. */
function chosenOf({ delimiter = '', otherDelimiter = '' }: Answers): Answers {
  if (otherDelimiter !== '') return { delimiter: 'other', otherDelimiter }
  if (delimiter === '' || delimiter === 'other') return { delimiter }
  const common = commonDelimiter(parseDelimiter(delimiter))
  return common === undefined
    ? { delimiter: 'other', otherDelimiter: delimiter }
    : { delimiter: common }
}

/** It is mended where it was typed. */
function atOther(fault: JobFormProps['fault']): JobFormProps['fault'] {
  return fault?.field === 'delimiter' ? { ...fault, field: 'otherDelimiter' } : fault
}
