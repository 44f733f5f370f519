import type { Child } from 'hono/jsx'
import { FieldNotes, inputAttributes } from '../forms/field-notes.tsx'

/** The answers of a step, and why they were refused, by the name of their field. */
export type StepForm = {
  answers: Readonly<Record<string, string>>
  /** The refused field and the reason; without a field, the reason is shown above the form. */
  fault: { field: string; sentence: string } | undefined
  /** Further fields that were refused. */
  others?: readonly { field: string; sentence: string }[]
  alert: Child | undefined
}

type FieldProps = { form: StepForm; name: string; label: string; hint?: string | undefined }
type StepChoice = readonly [value: string, words: string]

export function AssistantText({
  inputmode,
  list,
  type = 'text',
  ...field
}: FieldProps & { inputmode?: 'numeric'; list?: string; type?: 'text' | 'datetime-local' }) {
  const { form, name } = field
  return (
    <StepField {...field}>
      <input
        type={type}
        class="input"
        {...inputAttributes(field)}
        value={form.answers[name] ?? ''}
        inputmode={inputmode}
        list={list}
        autocomplete="off"
      />
    </StepField>
  )
}

export function AssistantSelect({
  choices,
  ...field
}: FieldProps & { choices: readonly StepChoice[] }) {
  const { form, name } = field
  return (
    <StepField {...field}>
      <select class="input" {...inputAttributes(field)}>
        {choices.map(([value, words]) => (
          <option value={value} selected={value === form.answers[name]}>
            {words}
          </option>
        ))}
      </select>
    </StepField>
  )
}

export function AssistantTick(field: FieldProps) {
  const { form, name, label } = field
  return (
    <div class="tick">
      <input
        type="checkbox"
        {...inputAttributes(field)}
        value="yes"
        checked={form.answers[name] === 'yes'}
      />{' '}
      <label for={`field-${name}`}>{label}</label>
      <FieldNotes {...field} />
    </div>
  )
}

function StepField({ children, ...field }: FieldProps & { children: Child }) {
  return (
    <div class="form-field rule">
      <label for={`field-${field.name}`}>{field.label}</label> {children}
      <FieldNotes {...field} />
    </div>
  )
}
