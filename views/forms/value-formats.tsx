import { shown } from '../../src/i18n/shown.ts'
import { formatField, type JobFormProps, type WrittenColumn } from './job-form.ts'

/** How the values of the columns are written, where there are several ways. */
export function ValueFormats({ form, columns }: { form: JobFormProps; columns: WrittenColumn[] }) {
  const { valueFormats: words } = form.ui.text.form
  if (!form.answers.table) return <p class="field-hint">{words.later}</p>
  if (columns.length === 0) return null
  return (
    <details class="form-more" id="form-formats" open={columns.some(({ format }) => format !== '')}>
      <summary>{words.title}</summary>
      <div class="form-columns">
        {columns.map((column, index) => (
          <div class="form-field">
            <label for={`format-${index}`}>{shown(column.name)}</label>{' '}
            <FormatSelect form={form} column={column} id={`format-${index}`} />
          </div>
        ))}
      </div>
    </details>
  )
}

type FormatSelectProps = { form: JobFormProps; column: WrittenColumn; id: string }

function FormatSelect({ form, column, id }: FormatSelectProps) {
  const { valueFormats: words } = form.ui.text.form
  const { name, format, formats } = column
  return (
    <select class="input" id={id} name={formatField(name)}>
      <option value="">{words.asItIs}</option>
      {format === 'own' && (
        <option value="own" selected>
          {words.own}
        </option>
      )}
      {formats.map((key) => (
        <option value={key} selected={key === format}>
          {words.formats[key]}
        </option>
      ))}
    </select>
  )
}
