import { operatorsFor } from '../../../src/domain/records/rows-wanted.ts'
import { ROW_OPERATORS } from '../../../src/domain/specification/row-selection.ts'
import { fill } from '../../../src/i18n/console.ts'
import { shown } from '../../../src/i18n/shown.ts'
import { FieldNotes, inputAttributes } from '../../forms/field-notes.tsx'
import { sendOnChange } from '../../ground/htmx.ts'
import type { Ui } from '../../ground/ui.ts'
import type { StepForm } from '../step-fields.tsx'
import { FieldOptions } from './field-options.tsx'
import type { WrittenColumn } from './written-columns.tsx'

export type FilterProps = { ui: Ui; form: StepForm; columns: WrittenColumn[]; action: string }

/** A condition on the rows: operators and an input that fit the type of its field. */
export function FilterCondition(props: FilterProps & { place: string }) {
  const { ui, form, columns, action, place } = props
  const { rows } = ui.text.form
  const chosen = form.answers[`field-${place}`]
  const column = columns.find(({ name }) => name === chosen)
  return (
    <div class="condition">
      <select
        class="input"
        {...inputAttributes({ form, name: `field-${place}` })}
        aria-label={named(rows.field, place)}
        {...sendOnChange(`${action}?act=fit`, '#field-filter')}
      >
        <FieldOptions
          ui={ui}
          columns={columns}
          none={ui.text.assistantExport.rows.noCondition}
          chosen={chosen}
        />
      </select>{' '}
      <Operators {...props} column={column} />{' '}
      {column?.type === 'boolean' ? (
        <YesOrNo {...props} />
      ) : (
        <ValueInput {...props} column={column} />
      )}
      <FieldNotes form={form} name={`field-${place}`} />
      <FieldNotes form={form} name={`value-${place}`} />
    </div>
  )
}

type PartProps = FilterProps & { place: string; column: WrittenColumn | undefined }

/** One that does not fit stays where it was chosen. */
function Operators({ ui, form, column, place }: PartProps) {
  const { rows } = ui.text.form
  const chosen = form.answers[`operator-${place}`]
  const fitting = column === undefined ? ROW_OPERATORS : operatorsFor(column.type)
  const offered = ROW_OPERATORS.filter(
    (operator) => fitting.includes(operator) || operator === chosen,
  )
  return (
    <select
      class="input"
      id={`field-operator-${place}`}
      name={`operator-${place}`}
      aria-label={named(rows.operator, place)}
    >
      {offered.map((operator) => (
        <option value={operator} selected={operator === chosen}>
          {rows.operators[operator]}
        </option>
      ))}
    </select>
  )
}

/** A value that is neither stays, to be refused in a sentence. */
function YesOrNo({ ui, form, place }: Omit<PartProps, 'column'>) {
  const value = form.answers[`value-${place}`] ?? ''
  const words = ui.text.assistantExport.rows.yesOrNo
  const isOther = !['', 'true', 'false'].includes(value)
  return (
    <select
      class="input"
      {...inputAttributes({ form, name: `value-${place}` })}
      aria-label={named(ui.text.form.rows.value, place)}
    >
      <option value="">{words.choose}</option>
      {isOther && (
        <option value={value} selected>
          {shown(value)}
        </option>
      )}
      {(['true', 'false'] as const).map((one) => (
        <option value={one} selected={one === value}>
          {words[one]}
        </option>
      ))}
    </select>
  )
}

const ISO_DATE = /^\d{4}-\d\d-\d\d$/

function ValueInput({ ui, form, column, place }: PartProps) {
  const value = form.answers[`value-${place}`] ?? ''
  const { placeholders } = ui.text.assistantExport.rows
  const listed = column?.listed ?? []
  // A browser shows nothing of a value that is no date.
  const isDate = column?.type === 'date' && (value === '' || ISO_DATE.test(value))
  return (
    <>
      <input
        type={isDate ? 'date' : 'text'}
        class="input"
        {...inputAttributes({ form, name: `value-${place}` })}
        value={value}
        inputmode={column && INPUT_MODES[column.type]}
        placeholder={
          !isDate && (column?.type === 'date' || column?.type === 'datetime')
            ? placeholders[column.type]
            : undefined
        }
        list={listed.length > 0 ? `listed-${place}` : undefined}
        aria-label={named(ui.text.form.rows.value, place)}
        autocomplete="off"
      />
      {listed.length > 0 && (
        <datalist id={`listed-${place}`}>
          {listed.map((one) => (
            <option value={one} />
          ))}
        </datalist>
      )}
    </>
  )
}

const INPUT_MODES: Partial<Record<WrittenColumn['type'], 'numeric' | 'decimal'>> = {
  integer: 'numeric',
  number: 'decimal',
}

function named(words: string, place: string): string {
  return fill(words, { n: place.replace('-', '.') })
}
