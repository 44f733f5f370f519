import { FILTER_OPERATORS } from '../../../src/domain/specification/record-filter.ts'
import { fill } from '../../../src/i18n/console.ts'
import {
  FieldNotes,
  inputAttributes,
  refusalOf,
  type NotedField,
} from '../../forms/field-notes.tsx'
import type { Ui } from '../../ground/ui.ts'

/** The conditions that the form asks for; more are written in a specification. */
export const RECORD_ROWS = [1, 2, 3, 4] as const

type RecordFilterProps = {
  ui: Ui
  form: NotedField['form'] & { answers: Readonly<Record<string, string>> }
  /** The columns of the file, as far as they are known. */
  columns: string[]
  /** Whether there is a filter that the form cannot show. */
  isHidden: boolean
}

/** Which records of the file are taken; open where that is not all of them. */
export function RecordFilter({ ui, form, columns, isHidden }: RecordFilterProps) {
  const { assistantFields: words } = ui.text
  const { answers } = form
  const isSet = Object.entries(answers).some(
    ([name, text]) => /^(column-\d|firstRecord|lastRecord)$/.test(name) && text !== '',
  )
  const isFaulty = ['filter', 'firstRecord', 'lastRecord'].some((name) => refusalOf(form, name))
  return (
    <details class="form-more" id="more-records" open={isSet || isFaulty || isHidden}>
      <summary>{words.records}</summary>
      <datalist id="columns">
        {columns.map((name) => (
          <option value={name} />
        ))}
      </datalist>
      <div class="folded">
        {isHidden && <p class="field-hint">{words.own}</p>}
        <FieldNotes form={form} name="filter" />
        <div class="form-field">
          <label for="field-filterKind">{words.recordsKind}</label>{' '}
          <select class="input" id="field-filterKind" name="filterKind">
            {(['all', 'any'] as const).map((kind) => (
              <option value={kind} selected={kind === answers['filterKind']}>
                {words[kind]}
              </option>
            ))}
          </select>
        </div>
        {RECORD_ROWS.map((row) => (
          <Condition ui={ui} answers={answers} row={row} />
        ))}
        <div class="form-columns">
          <Amount form={form} name="firstRecord" label={words.firstRecord} />
          <Amount
            form={form}
            name="lastRecord"
            label={words.lastRecord}
            hint={words.lastRecordHint}
          />
        </div>
      </div>
    </details>
  )
}

type ConditionProps = { ui: Ui; answers: Readonly<Record<string, string>>; row: number }

function Condition({ ui, answers, row }: ConditionProps) {
  const { assistantFields: words } = ui.text
  const named = (text: string) => fill(text, { n: row })
  return (
    <div class="condition">
      <input
        type="text"
        class="input"
        name={`column-${row}`}
        value={answers[`column-${row}`] ?? ''}
        list="columns"
        aria-label={named(words.column)}
        placeholder={words.columnHint}
        autocomplete="off"
      />{' '}
      <select class="input" name={`operator-${row}`} aria-label={named(words.operator)}>
        {FILTER_OPERATORS.map((operator) => (
          <option value={operator} selected={operator === answers[`operator-${row}`]}>
            {words.operators[operator]}
          </option>
        ))}
      </select>{' '}
      <input
        type="text"
        class="input"
        name={`value-${row}`}
        value={answers[`value-${row}`] ?? ''}
        aria-label={named(words.value)}
        autocomplete="off"
      />
    </div>
  )
}

type AmountProps = NotedField & {
  form: { answers: Readonly<Record<string, string>> }
  label: string
}

function Amount({ label, ...field }: AmountProps) {
  const { form, name } = field
  return (
    <div class="form-field">
      <label for={`field-${name}`}>{label}</label>{' '}
      <input
        type="text"
        class="input"
        {...inputAttributes(field)}
        value={form.answers[name] ?? ''}
        inputmode="numeric"
        autocomplete="off"
      />
      <FieldNotes {...field} />
    </div>
  )
}
