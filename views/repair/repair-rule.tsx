import type { Child } from 'hono/jsx'
import type { FormatKey } from '../../src/domain/specification/fields/named-formats.ts'
import { fill } from '../../src/i18n/console.ts'
import { number, type Ui } from '../ground/ui.ts'
import type { RuleKind, TypedRule } from './repair-url.ts'

type RuleProps = {
  ui: Ui
  rule: TypedRule
  field: string
  open: number
  formats: readonly FormatKey[]
  firstYear: number | undefined
}

/** One change for the field of all records of the reason. */
export function RepairRuleFields({ ui, rule, field, open, formats, firstYear }: RuleProps) {
  const { repair } = ui.text
  return (
    <fieldset class="repair-rule">
      <legend>{fill(repair.inAll, { n: number(ui, open), field })}</legend>
      <Choice rule={rule} kind="">
        {repair.noRule}
      </Choice>{' '}
      {formats.length > 0 && (
        <Choice
          rule={rule}
          kind="format"
          inputs={<FormatInput ui={ui} rule={rule} formats={formats} />}
        >
          {repair.isWritten}
        </Choice>
      )}{' '}
      <Choice rule={rule} kind="replace" inputs={<ReplaceInputs ui={ui} rule={rule} />}>
        {repair.replace}
      </Choice>{' '}
      <Choice
        rule={rule}
        kind="fixed"
        inputs={<RuleInput name="value" label={repair.fixedValue} value={rule.value} />}
      >
        {repair.fixed}
      </Choice>{' '}
      <Choice rule={rule} kind="empty">
        {repair.leaveEmpty}
      </Choice>{' '}
      <button type="submit" name="act" value="apply" class="button" id="button-apply">
        {repair.apply}
      </button>{' '}
      {firstYear !== undefined && (
        <span class="quiet" id="rule-years">
          {fill(repair.shortYears, { from: String(firstYear), to: String(firstYear + 99) })}
        </span>
      )}
    </fieldset>
  )
}

type ChoiceProps = { rule: TypedRule; kind: RuleKind | ''; inputs?: Child; children: Child }

function Choice({ rule, kind, inputs, children }: ChoiceProps) {
  const id = `rule-${kind === '' ? 'none' : kind}`
  return (
    <span class="repair-choice">
      <input type="radio" name="rule" id={id} value={kind} checked={rule.rule === kind} />{' '}
      <label for={id}>{children}</label> {inputs}
    </span>
  )
}

function FormatInput({ ui, rule, formats }: Pick<RuleProps, 'ui' | 'rule' | 'formats'>) {
  return (
    <select class="input" id="rule-formats" name="format" aria-label={ui.text.repair.format}>
      {formats.map((key) => (
        <option value={key} selected={key === rule.format}>
          {ui.text.assistant.columns.formats[key]}
        </option>
      ))}
    </select>
  )
}

function ReplaceInputs({ ui, rule }: { ui: Ui; rule: TypedRule }) {
  const { repair } = ui.text
  return (
    <>
      <RuleInput name="find" label={repair.find} value={rule.find} /> {repair.by}{' '}
      <RuleInput name="by" label={repair.byWhat} value={rule.by} />
    </>
  )
}

function RuleInput({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <input
      type="text"
      class="input"
      id={`rule-${name}`}
      name={name}
      value={value}
      aria-label={label}
      autocomplete="off"
      spellcheck={false}
      maxlength={1000}
    />
  )
}
