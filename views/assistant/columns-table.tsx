import { fill } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import { number, type Ui } from '../ground/ui.ts'
import type { AssistantColumn } from './fields/column-row.ts'
import { policyChoices } from './fields/field-checks.tsx'
import { Options } from './fields/field-inputs.tsx'
import { TypeChoice } from './fields/type-choice.tsx'
import { FormatChoice } from './fields/value-choices.tsx'

export type ColumnsTableProps = {
  ui: Ui
  rows: AssistantColumn[]
  /** A table that is created takes any names of fields, and its types can be chosen. */
  isNew: boolean
  /** The fields that can be filled. */
  fields: string[]
  /** Number of records checked. */
  checked: number
  /** Whether they are those of several files. */
  isOfAll: boolean
}

/** With more choices than this in all, fields are typed instead of chosen. */
const MOST_OPTIONS = 20_000

export function ColumnsTable(props: ColumnsTableProps) {
  const { ui, rows, fields } = props
  const { columns } = ui.text.assistant
  const heads = [columns.column, columns.examples, columns.field, columns.type, columns.key]
  return (
    <div class="scroller">
      {fields.length > 0 && (
        <datalist id="fields">
          {fields.map((name) => (
            <option value={name} />
          ))}
        </datalist>
      )}
      <table class="table stacked column-table" aria-labelledby="columns-title">
        <thead>
          <tr>
            {[...heads, columns.onError, checkedWords(props)].map((words) => (
              <th scope="col">{words}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Row {...props} row={row} index={index} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function checkedWords({ ui, checked, isOfAll }: ColumnsTableProps): string {
  const { columns } = ui.text.assistant
  return fill(isOfAll ? columns.checkedInAll : columns.checked, { n: number(ui, checked) })
}

type RowProps = ColumnsTableProps & { row: AssistantColumn; index: number }

function Row(props: RowProps) {
  const { ui, row, index } = props
  const { columns } = ui.text.assistant
  const name = shown(row.name)
  return (
    <tr>
      <th scope="row" id={`column-${index}`}>
        {name}
      </th>
      <td data-name={columns.examples} class="examples">
        {row.examples.map(shown).join(' · ')} <MoreLink {...props} />
      </td>
      <td data-name={columns.field}>
        <FieldChoice {...props} />
        {row.isGuessed && (
          <>
            {' '}
            <span class="guessed">{columns.guessed}</span>
          </>
        )}
      </td>
      <td data-name={columns.type}>
        <TypeChoice {...props} at={String(index)} />{' '}
        <FormatChoice ui={ui} row={row} at={String(index)} />
      </td>
      <td class="box" data-name={columns.key}>
        <label class="box-label">
          <input
            type="checkbox"
            name={`key-${index}`}
            value="yes"
            checked={row.isKey}
            aria-label={fill(columns.isKey, { name })}
          />
        </label>
      </td>
      <td data-name={columns.onError}>
        <select
          class="input"
          name={`error-${index}`}
          aria-label={fill(columns.onErrorOf, { name })}
        >
          <Options choices={policyChoices(ui)} chosen={row.onError} />
        </select>
      </td>
      <td data-name={checkedWords(props)}>
        <Checked ui={ui} row={row} />
      </td>
    </tr>
  )
}

/** Leads to what else can be said of the field, which opens. */
function MoreLink({ ui, row, index }: RowProps) {
  const { columns } = ui.text.assistant
  if (row.field === '') return null
  return (
    <a
      class="row-more"
      href={`#more-field-${index}`}
      aria-label={fill(columns.moreOf, { name: row.name })}
    >
      {columns.moreOfRow}
    </a>
  )
}

function FieldChoice({ ui, row, index, fields, isNew, rows }: RowProps) {
  const { columns } = ui.text.assistant
  const name = `field-${index}`
  const label = fill(columns.fieldOf, { name: row.name })
  if (isNew || fields.length * rows.length > MOST_OPTIONS) {
    return (
      <input
        type="text"
        class="input"
        id={name}
        name={name}
        value={row.field}
        list={isNew ? undefined : 'fields'}
        aria-label={label}
        autocomplete="off"
      />
    )
  }
  return (
    <select class="input" id={name} name={name} aria-label={label}>
      <option value="">{columns.nothing}</option>
      {fields.map((field) => (
        <option value={field} selected={field === row.field}>
          {shown(field)}
        </option>
      ))}
    </select>
  )
}

function Checked({ ui, row }: { ui: Ui; row: AssistantColumn }) {
  const { columns } = ui.text.assistant
  if (row.field === '') return <span class="quiet">–</span>
  if (row.misfits === 0) return <span class="fits">✓ {columns.allFit}</span>
  return (
    <>
      <span class="misfits">{fill(columns.misfits, { n: number(ui, row.misfits) })}:</span>{' '}
      <ul class="misfit-list">
        {row.faults.map(({ file, line, value, sentence }) => (
          <li title={sentence}>
            <mark>{shown(value)}</mark>{' '}
            <span class="quiet">
              ({file !== undefined && `${shown(file)}, `}
              {fill(columns.line, { line: number(ui, line) })})
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
