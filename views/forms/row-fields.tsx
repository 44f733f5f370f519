import { ROW_OPERATORS } from '../../src/domain/specification/row-selection.ts'
import { fill } from '../../src/i18n/console.ts'
import { SelectField, TextField } from './fields.tsx'
import { FILTER_ROWS, type FilterRow, type JobFormProps } from './job-form.ts'

type RowFieldsProps = { form: JobFormProps; fields: string[] }

/** Which rows of a table are written, and in which order. */
export function RowFields({ form, fields }: RowFieldsProps) {
  const { text } = form.ui
  const { rows, hints } = text.form
  const isOpen =
    ['order', 'mostRows', 'differential', 'filter'].includes(form.fault?.field ?? '') ||
    FILTER_ROWS.some((row) => (form.answers[`filterField${row}`] ?? '') !== '') ||
    Boolean(form.answers.order || form.answers.mostRows || form.answers.differential)
  return (
    <details class="form-more" id="form-rows" open={isOpen}>
      <summary>{rows.title}</summary>
      <datalist id="fields">
        {fields.map((name) => (
          <option value={name} />
        ))}
      </datalist>
      <fieldset class="conditions">
        <legend class="visually-hidden">{rows.conditions}</legend>
        {form.fault?.field === 'filter' && (
          <p class="field-error" id="error-filter">
            {form.fault.sentence}
          </p>
        )}
        <SelectField
          form={form}
          name="filterKind"
          choices={[
            ['all', rows.all],
            ['any', rows.any],
          ]}
        />
        {FILTER_ROWS.map((row) => (
          <Condition form={form} row={row} />
        ))}
      </fieldset>
      <div class="form-columns">
        <TextField form={form} name="order" hint={hints.order} />
        <TextField form={form} name="mostRows" hint={hints.mostRows} inputmode="numeric" />
      </div>
      <TextField form={form} name="differential" hint={hints.differential} list="fields" />
    </details>
  )
}

function Condition({ form, row }: { form: JobFormProps; row: FilterRow }) {
  const { rows } = form.ui.text.form
  const named = (words: string) => fill(words, { n: row })
  return (
    <div class="condition">
      <input
        type="text"
        class="input"
        name={`filterField${row}`}
        value={form.answers[`filterField${row}`] ?? ''}
        list="fields"
        aria-label={named(rows.field)}
        placeholder={rows.fieldHint}
        autocomplete="off"
      />{' '}
      <select class="input" name={`filterOperator${row}`} aria-label={named(rows.operator)}>
        {ROW_OPERATORS.map((operator) => (
          <option value={operator} selected={operator === form.answers[`filterOperator${row}`]}>
            {rows.operators[operator]}
          </option>
        ))}
      </select>{' '}
      <input
        type="text"
        class="input"
        name={`filterValue${row}`}
        value={form.answers[`filterValue${row}`] ?? ''}
        aria-label={named(rows.value)}
        autocomplete="off"
      />
    </div>
  )
}
