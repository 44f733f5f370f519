import { fill } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import { number, type Ui } from '../ground/ui.ts'
import type { AssistantColumn } from './fields/column-row.ts'
import { CheckedColumn } from './fields/checked-column.tsx'
import { marked, type Faulty } from './fields/faulty.tsx'
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
  /** How many of these cannot be read. */
  unreadable: number
  /** Whether they are those of several files. */
  isOfAll: boolean
  faulty?: Faulty | undefined
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
  const { ui, row, index, faulty } = props
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
        {row.field === '' && <SensitiveTick {...props} />}
        <GuessedMark ui={ui} row={row} />
      </td>
      <td data-name={columns.type}>
        <TypeChoice {...props} at={String(index)} />{' '}
        <FormatChoice ui={ui} row={row} at={String(index)} faulty={faulty} />
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
        <CheckedColumn {...props} />
      </td>
    </tr>
  )
}

/** Whether the program chose the field, and why, where the specification names another column. */
function GuessedMark({ ui, row: { isGuessed, instead } }: Pick<RowProps, 'ui' | 'row'>) {
  const { assistant, assistantFields } = ui.text
  if (!isGuessed && instead === undefined) return null
  const words =
    instead === undefined
      ? assistant.columns.guessed
      : fill(assistantFields.instead, { column: instead })
  return (
    <>
      {' '}
      <span class="guessed">{words}</span>
    </>
  )
}

/** Of a column that fills nothing: its values stand in raw lines all the same. */
function SensitiveTick({ ui, row, index }: RowProps) {
  const { columns } = ui.text.assistant
  const id = `secret-${index}`
  return (
    <div class="tick">
      <input type="hidden" name={`secretShown-${index}`} value="yes" />
      <input type="checkbox" id={id} name={id} value="yes" checked={row.isSensitive} />{' '}
      <label for={id}>{columns.sensitive}</label>
    </div>
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

function FieldChoice({ ui, row, index, fields, isNew, rows, faulty }: RowProps) {
  const { columns } = ui.text.assistant
  const name = `field-${index}`
  const label = fill(columns.fieldOf, { name: row.name })
  if (isNew || fields.length * rows.length > MOST_OPTIONS) {
    return (
      <input
        type="text"
        class="input"
        {...marked(faulty, name)}
        value={row.field}
        list={isNew ? undefined : 'fields'}
        aria-label={label}
        autocomplete="off"
      />
    )
  }
  return (
    <select class="input" {...marked(faulty, name)} aria-label={label}>
      <option value="">{columns.nothing}</option>
      {fields.map((field) => (
        <option value={field} selected={field === row.field}>
          {shown(field)}
        </option>
      ))}
    </select>
  )
}
