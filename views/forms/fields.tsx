import type { Child } from 'hono/jsx'
import { FieldNotes, inputAttributes } from './field-notes.tsx'
import type { FormField, JobFormProps } from './job-form.ts'

type FieldProps = {
  form: JobFormProps
  name: FormField
  hint?: string | undefined
  required?: boolean
}

/** A text input with its hint and, if it was refused, the reason. */
export function TextField({
  list,
  inputmode,
  ...field
}: FieldProps & { list?: string; inputmode?: 'numeric' }) {
  const { form, name, required } = field
  return (
    <Field {...field}>
      <input
        type="text"
        class="input"
        {...inputAttributes(field)}
        value={form.answers[name] ?? ''}
        list={list}
        inputmode={inputmode}
        required={required}
        autocomplete="off"
      />
    </Field>
  )
}

export type Choice = readonly [value: string, words: string]

export function SelectField({ choices, ...field }: FieldProps & { choices: readonly Choice[] }) {
  const { form, name, required } = field
  return (
    <Field {...field}>
      <select class="input" {...inputAttributes(field)} required={required}>
        {choices.map(([value, words]) => (
          <option value={value} selected={value === (form.answers[name] ?? '')}>
            {words}
          </option>
        ))}
      </select>
    </Field>
  )
}

/** A checkbox with its label. */
export function Checkbox(field: FieldProps) {
  const { form, name } = field
  return (
    <div class="tick">
      <input
        type="checkbox"
        {...inputAttributes(field)}
        value="yes"
        checked={form.answers[name] === 'yes'}
      />{' '}
      <label for={`field-${name}`}>{form.ui.text.form.labels[name]}</label>
      <FieldNotes {...field} />
    </div>
  )
}

function Field({ children, ...field }: FieldProps & { children: Child }) {
  const { form, name } = field
  return (
    <div class="form-field">
      <label for={`field-${name}`}>{form.ui.text.form.labels[name]}</label> {children}
      <FieldNotes {...field} />
    </div>
  )
}
