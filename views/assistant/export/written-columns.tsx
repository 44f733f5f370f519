import type { ColumnInfo } from '../../../src/domain/records/table.ts'
import type { WrittenKey } from '../../../src/domain/specification/fields/named-formats.ts'
import { columnTypeLabel } from '../../../src/i18n/catalogue.ts'
import { fill } from '../../../src/i18n/console.ts'
import { shown } from '../../../src/i18n/shown.ts'
import { FieldNotes, inputAttributes } from '../../forms/field-notes.tsx'
import type { Ui } from '../../ground/ui.ts'
import type { StepForm } from '../step-fields.tsx'

/** A column of the table, the formats in which its values can be written, and its only values, if known. */
export type WrittenColumn = ColumnInfo & {
  formats: readonly WrittenKey[]
  listed: readonly string[]
}

type ColumnsProps = { ui: Ui; form: StepForm; columns: WrittenColumn[] }

/** The columns of a table: which are written, in which order, under which names, and how. */
export function WrittenColumns(props: ColumnsProps) {
  const { ui, columns } = props
  const words = ui.text.assistantExport.rows
  const heads = [words.column, words.type, words.take, words.place, words.heading, words.format]
  return (
    <div class="scroller">
      <table class="table stacked column-table" aria-labelledby="columns-title">
        <thead>
          <tr>
            {heads.map((head) => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map((column, index) => (
            <Row {...props} column={column} index={index} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ ui, form, column, index }: ColumnsProps & { column: WrittenColumn; index: number }) {
  const words = ui.text.assistantExport.rows
  const name = shown(column.name)
  const { answers } = form
  const place = { form, name: `place:${column.name}`, id: `place-${index}` }
  const title = { form, name: `title:${column.name}`, id: `title-${index}` }
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-name={words.type}>{columnTypeLabel(ui.language, column.type)}</td>
      <td class="box" data-name={words.take}>
        <label class="box-label">
          <input
            type="checkbox"
            name={`take:${column.name}`}
            value="yes"
            checked={answers[`take:${column.name}`] === 'yes'}
            aria-label={fill(words.takeOf, { name })}
          />
        </label>
      </td>
      <td data-name={words.place} class="place">
        <input
          type="text"
          class="input"
          {...inputAttributes(place)}
          value={answers[place.name] ?? ''}
          inputmode="numeric"
          aria-label={fill(words.placeOf, { name })}
          autocomplete="off"
        />
      </td>
      <td data-name={words.heading}>
        <input
          type="text"
          class="input"
          {...inputAttributes(title)}
          value={answers[title.name] ?? ''}
          placeholder={name}
          aria-label={fill(words.titleOf, { name })}
          autocomplete="off"
        />
        <FieldNotes {...place} />
        <FieldNotes {...title} />
      </td>
      <td data-name={words.format}>
        <FormatChoice ui={ui} column={column} chosen={answers[`format:${column.name}`] ?? ''} />{' '}
        <FormatMore ui={ui} form={form} column={column} index={index} />
      </td>
    </tr>
  )
}

type ChoiceProps = { ui: Ui; column: WrittenColumn; chosen: string }

function FormatChoice({ ui, column: { name, formats }, chosen }: ChoiceProps) {
  const { valueFormats: words } = ui.text.form
  if (formats.length === 0 && chosen === '') return <span class="quiet">{words.asItIs}</span>
  return (
    <select
      class="input"
      name={`format:${name}`}
      aria-label={fill(ui.text.assistantExport.rows.formatOf, { name: shown(name) })}
    >
      <option value="">{words.asItIs}</option>
      {chosen === 'own' && (
        <option value="own" selected>
          {words.own}
        </option>
      )}
      {formats.map((key) => (
        <option value={key} selected={key === chosen}>
          {words.formats[key]}
        </option>
      ))}
    </select>
  )
}

type MoreProps = { ui: Ui; form: StepForm; column: WrittenColumn; index: number }

/** The sign of a currency, and a list of values with what is written for each; open where one is set. */
function FormatMore({ ui, form, column: { name, type }, index }: MoreProps) {
  const { valueFormats: words } = ui.text.form
  const isNumber = type === 'integer' || type === 'number'
  const sign = { form, name: `currency:${name}`, id: `currency-${index}` }
  const list = { form, name: `values:${name}`, id: `values-${index}` }
  const [currency, values] = [form.answers[sign.name] ?? '', form.answers[list.name] ?? '']
  return (
    <details class="row-more" id={`more-${index}`} open={currency !== '' || values !== ''}>
      <summary>{isNumber ? words.moreOfNumber : words.more}</summary>{' '}
      {isNumber && (
        <>
          <input
            type="text"
            class="input"
            {...inputAttributes(sign)}
            value={currency}
            placeholder={words.currency}
            aria-label={fill(words.currencyOf, { name: shown(name) })}
            maxlength={10}
            autocomplete="off"
          />{' '}
          <FieldNotes {...sign} />
        </>
      )}
      <textarea
        class="input"
        {...inputAttributes(list)}
        rows={3}
        placeholder={words.valuesHint}
        aria-label={fill(words.valuesOf, { name: shown(name) })}
      >
        {values}
      </textarea>
      <FieldNotes {...list} />
    </details>
  )
}
