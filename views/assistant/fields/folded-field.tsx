import { ERROR_POLICIES } from '../../../src/domain/specification/fields/error-policy.ts'
import { OTHERWISE } from '../../../src/domain/specification/fields/value-format.ts'
import { shown } from '../../../src/i18n/shown.ts'
import type { Ui } from '../../ground/ui.ts'

/** A field with what was said of it, and what the form cannot show of that. */
export type FoldedFieldProps = {
  field: string
  index: number
  answers: Readonly<Partial<Record<string, string>>>
  hidden: { checks: boolean; enumeration: boolean }
}

type FieldProps = FoldedFieldProps & { ui: Ui }

/** Checks, a list of values, and whether a field is sensitive; open where something is set. */
export function FoldedField(props: FieldProps) {
  const { ui, field, index, answers, hidden } = props
  const { assistantFields: words } = ui.text
  return (
    <details
      class="form-more"
      id={`more-field-${index}`}
      open={isSaid(answers) || hidden.checks || hidden.enumeration}
    >
      <summary>{shown(field)}</summary>
      <div class="folded">
        <Tick {...props} name="sensitive" words={words.sensitive} />
        {hidden.checks ? (
          <p class="field-hint">{words.own}</p>
        ) : (
          <>
            <Tick {...props} name="required" words={words.required} />
            <div class="form-columns">
              <Text {...props} name="least" words={words.least} />
              <Text {...props} name="most" words={words.most} />
              <Text {...props} name="pattern" words={words.pattern} />
              <Text {...props} name="oneOf" words={words.oneOf} />
              <Text {...props} name="existsTable" words={words.existsTable} />
              <Text {...props} name="existsColumn" words={words.existsColumn} />
            </div>
          </>
        )}
        <Choice
          {...props}
          name="policy"
          words={words.policy}
          choices={ERROR_POLICIES.toSorted((a) => (a === 'reject' ? -1 : 0)).map((policy) => [
            policy,
            ui.text.assistant.columns.policies[policy],
          ])}
        />
        {hidden.enumeration ? <p class="field-hint">{words.own}</p> : <Enumeration {...props} />}
      </div>
    </details>
  )
}

/** Whether an answer says more than what is usual. */
export function isSaid(answers: FoldedFieldProps['answers']): boolean {
  return Object.entries(answers).some(
    ([name, text]) => text !== '' && name !== 'policy' && name !== 'otherwise',
  )
}

function Enumeration(props: FieldProps) {
  const { ui, index, answers } = props
  const { assistantFields: words } = ui.text
  const id = `enumeration-${index}`
  return (
    <>
      <div class="form-field">
        <label for={id}>{words.enumeration}</label>{' '}
        <textarea class="input" id={id} name={id} rows={3} aria-describedby={`hint-${id}`}>
          {answers['enumeration'] ?? ''}
        </textarea>
        <p class="field-hint" id={`hint-${id}`}>
          {words.enumerationHint}
        </p>
      </div>
      <div class="form-columns">
        <Choice
          {...props}
          name="otherwise"
          words={words.otherwise}
          choices={OTHERWISE.toSorted((a) => (a === 'reject' ? -1 : 0)).map((key) => [
            key,
            words.otherwises[key],
          ])}
        />
        <Text {...props} name="fixed" words={words.fixed} />
      </div>
    </>
  )
}

type InputProps = FieldProps & { name: string; words: string }

function Tick({ index, answers, name, words }: InputProps) {
  const id = `${name}-${index}`
  return (
    <div class="tick">
      <input type="checkbox" id={id} name={id} value="yes" checked={answers[name] === 'yes'} />{' '}
      <label for={id}>{words}</label>
    </div>
  )
}

function Text({ index, answers, name, words }: InputProps) {
  const id = `${name}-${index}`
  return (
    <div class="form-field">
      <label for={id}>{words}</label>{' '}
      <input
        type="text"
        class="input"
        id={id}
        name={id}
        value={answers[name] ?? ''}
        autocomplete="off"
      />
    </div>
  )
}

function Choice({
  index,
  answers,
  name,
  words,
  choices,
}: InputProps & { choices: (readonly [value: string, words: string])[] }) {
  const id = `${name}-${index}`
  return (
    <div class="form-field">
      <label for={id}>{words}</label>{' '}
      <select class="input" id={id} name={id}>
        {choices.map(([value, told]) => (
          <option value={value} selected={value === answers[name]}>
            {told}
          </option>
        ))}
      </select>
    </div>
  )
}
