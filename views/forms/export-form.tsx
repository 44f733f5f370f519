import type { TableName } from '../../src/db/store.ts'
import { fill } from '../../src/i18n/console.ts'
import { TextField, Tick } from './fields.tsx'
import { DelimiterField } from './delimiter-field.tsx'
import { FormatField } from './format-field.tsx'
import { FormFrame } from './form-frame.tsx'
import type { JobFormProps } from './job-form.ts'
import { KeptParts } from './kept-parts.tsx'
import { TableNames } from './table-names.tsx'

export type ExportFormProps = JobFormProps & {
  /** The folder that files are written into. */
  outbox: string
  /** The folder of the job's own file, where that is another one. */
  ownFolder?: string | undefined
  tables: TableName[]
}

/** Asks for what an export needs: a table or view, and a name for the file. */
export function ExportForm({ outbox, ownFolder, tables, ...form }: ExportFormProps) {
  const { hints, usual } = form.ui.text.form
  const folder =
    ownFolder === undefined
      ? fill(hints.outbox, { folder: outbox })
      : fill(hints.ownFolder, { own: ownFolder, folder: outbox })
  return (
    <FormFrame form={form} type="export">
      <TextField form={form} name="table" hint={hints.tableOrView} list="tables" required />
      <TableNames tables={tables} />
      <TextField form={form} name="columns" hint={hints.columns} />
      <TextField form={form} name="fileName" hint={`${hints.fileName} ${folder}`} required />
      <Tick form={form} name="replace" hint={hints.replace} />
      <div class="form-columns">
        <FormatField form={form} usual={usual.exportFormat} />
        <DelimiterField form={form} usual={usual.exportDelimiter} />
      </div>
      <Tick form={form} name="header" />
      <TextField form={form} name="label" hint={hints.label} />
      <KeptParts form={form} />
    </FormFrame>
  )
}
