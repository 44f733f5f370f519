import type { Child } from 'hono/jsx'
import { marked, type Faulty } from './faulty.tsx'
import type { Choice } from '../../forms/fields.tsx'

/** The answers of a field as texts, and the end of the names of its inputs. */
export type FieldForm = {
  row: string
  answers: Readonly<Partial<Record<string, string | undefined>>>
  faulty?: Faulty | undefined
}

type InputProps = FieldForm & { name: string; words: Child }

export function Tick({ row, answers, faulty, name, words }: InputProps) {
  const id = `${name}-${row}`
  return (
    <div class="tick">
      <input
        type="checkbox"
        {...marked(faulty, id)}
        value="yes"
        checked={answers[name] === 'yes'}
      />{' '}
      <label for={id}>{words}</label>
    </div>
  )
}

export function TextInput({ row, answers, faulty, name, words }: InputProps) {
  const id = `${name}-${row}`
  return (
    <div class="form-field">
      <label for={id}>{words}</label>{' '}
      <input
        type="text"
        class="input"
        {...marked(faulty, id)}
        value={answers[name] ?? ''}
        autocomplete="off"
      />
    </div>
  )
}

export function ChoiceInput({
  row,
  answers,
  faulty,
  name,
  words,
  choices,
}: InputProps & { choices: readonly Choice[] }) {
  const id = `${name}-${row}`
  return (
    <div class="form-field">
      <label for={id}>{words}</label>{' '}
      <select class="input" {...marked(faulty, id)}>
        <Options choices={choices} chosen={answers[name]} />
      </select>
    </div>
  )
}

export function Options({
  choices,
  chosen,
}: {
  choices: readonly Choice[]
  chosen: string | undefined
}) {
  return (
    <>
      {choices.map(([value, told]) => (
        <option value={value} selected={value === chosen}>
          {told}
        </option>
      ))}
    </>
  )
}
