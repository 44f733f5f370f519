import type { Child } from 'hono/jsx'
import { CHECK_CODES, type FieldCheck } from '../../../src/domain/specification/fields/checks.ts'
import { ERROR_POLICIES } from '../../../src/domain/specification/fields/error-policy.ts'
import { fill } from '../../../src/i18n/console.ts'
import type { Choice } from '../../forms/fields.tsx'
import type { Ui } from '../../ground/ui.ts'
import { Options, TextInput, Tick, type FieldForm } from './field-inputs.tsx'

type ChecksProps = FieldForm & { ui: Ui; name: string }

/** The checks of a field, each with what becomes of a record that does not pass it. */
export function FieldChecks(props: ChecksProps) {
  const { ui } = props
  const { assistantFields: words } = ui.text
  return (
    <div class="checks">
      <Check {...props} kind="required">
        <Tick {...props} name="required" words={words.required} />
      </Check>
      <Check {...props} kind="range">
        <TextInput {...props} name="least" words={words.least} />{' '}
        <TextInput {...props} name="most" words={words.most} />
      </Check>
      <Check {...props} kind="pattern">
        <TextInput {...props} name="pattern" words={words.pattern} />
      </Check>
      <Check {...props} kind="one_of">
        <TextInput {...props} name="oneOf" words={words.oneOf} />
      </Check>
      <Check {...props} kind="exists">
        <TextInput {...props} name="existsTable" words={words.existsTable} />{' '}
        <TextInput {...props} name="existsColumn" words={words.existsColumn} />
      </Check>
    </div>
  )
}

function Check(props: ChecksProps & { kind: FieldCheck['kind']; children: Child }) {
  const { ui, row, name, answers, kind, children } = props
  const { assistantFields: words } = ui.text
  const answer = `policy_${kind}`
  return (
    <div class="check">
      {children}{' '}
      <div class="form-field">
        <span class="quiet">{fill(words.policy, { codes: CHECK_CODES[kind].join(', ') })}</span>{' '}
        <select
          class="input"
          name={`${answer}-${row}`}
          aria-label={fill(words.policyOf, { name, check: words.checkKinds[kind] })}
        >
          <Options choices={policyChoices(ui)} chosen={answers[answer]} />
        </select>
      </div>
    </div>
  )
}

/** What is usual comes first. */
export function policyChoices({ text }: Ui): Choice[] {
  return ERROR_POLICIES.toSorted((a) => (a === 'reject' ? -1 : 0)).map((policy) => [
    policy,
    text.assistant.columns.policies[policy],
  ])
}
