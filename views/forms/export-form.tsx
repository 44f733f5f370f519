import type { TableName } from '../../src/db/store.ts'
import { fill } from '../../src/i18n/console.ts'
import { TextField, Checkbox } from './fields.tsx'
import { DelimiterField } from './delimiter-field.tsx'
import { FormatField } from './format-field.tsx'
import { FormFrame } from './form-frame.tsx'
import type { JobFormProps, WrittenColumn } from './job-form.ts'
import type { Ui } from '../ground/ui.ts'
import { KeptParts } from './kept-parts.tsx'
import { RowFields } from './row-fields.tsx'
import { TableNames } from './table-names.tsx'
import { ValueFormats } from './value-formats.tsx'

export type ExportFormProps = JobFormProps & {
  /** The output folder; undefined where the result is kept in the database. */
  outbox: string | undefined
  /** The folder of the job's own file, if it differs. */
  ownFolder?: string | undefined
  tables: TableName[]
  /** The fields of the table, as far as it is known. */
  fields: string[]
  /** Those whose values can be written in several ways. */
  written: WrittenColumn[]
}

/** The form of an export: a table or view, a file name, and options. */
export function ExportForm(props: ExportFormProps) {
  const { outbox, ownFolder, tables, fields, written, ...form } = props
  const { hints, usual } = form.ui.text.form
  const folder = placeOf(form.ui, outbox, ownFolder)
  return (
    <FormFrame form={form} type="export">
      <TextField form={form} name="table" hint={hints.tableOrView} list="tables" required />
      <TableNames tables={tables} />
      <TextField form={form} name="columns" hint={hints.columns} />
      <TextField form={form} name="titles" hint={hints.titles} />
      <ValueFormats form={form} columns={written} />
      <RowFields form={form} fields={fields} />
      <TextField form={form} name="fileName" hint={`${hints.fileName} ${folder}`} required />
      {(outbox ?? ownFolder) !== undefined && (
        <Checkbox form={form} name="replace" hint={hints.replace} />
      )}
      <div class="form-columns">
        <FormatField form={form} usual={usual.exportFormat} />
        <DelimiterField form={form} usual={usual.exportDelimiter} />
      </div>
      <Checkbox form={form} name="header" />
      <Checkbox form={form} name="safeCells" hint={hints.safeCells} />
      <TextField form={form} name="label" hint={hints.label} />
      <KeptParts form={form} />
    </FormFrame>
  )
}

function placeOf({ text }: Ui, outbox: string | undefined, own: string | undefined): string {
  const { hints } = text.form
  const folder = outbox ?? hints.keptPlace
  if (own !== undefined) return fill(hints.ownFolder, { own, folder })
  return outbox === undefined ? hints.kept : fill(hints.outbox, { folder: outbox })
}
