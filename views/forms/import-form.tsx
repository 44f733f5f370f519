import { DOUBLES, DUPLICATES, OPERATIONS } from '../../src/domain/specification/specification.ts'
import type { TableName } from '../../src/db/store.ts'
import { SelectField, TextField, Tick, type Choice } from './fields.tsx'
import { DelimiterField } from './delimiter-field.tsx'
import { FileField } from './file-field.tsx'
import { FormatField } from './format-field.tsx'
import { FormFrame } from './form-frame.tsx'
import type { FormField, Inbox, JobFormProps } from './job-form.ts'
import { KeptParts } from './kept-parts.tsx'
import { TableNames } from './table-names.tsx'

export type ImportFormProps = JobFormProps & {
  inbox: Inbox
  /** Where files are looked for. */
  inboxes: string[]
  tables: TableName[]
  encodings: readonly string[]
}

/** Asks for what an import needs; everything has a default but the file and the table. */
export function ImportForm({ inbox, inboxes, tables, encodings, ...form }: ImportFormProps) {
  const { hints, operations, doubles, duplicates, usual } = form.ui.text.form
  const choices = <Key extends string>(keys: readonly Key[], words: Record<Key, string>) =>
    keys.map((key): Choice => [key, words[key]])
  return (
    <FormFrame form={form} type="import">
      {(form.fault?.field === 'again' || form.answers.again === 'yes') && (
        <Tick form={form} name="again" />
      )}
      <FileField form={form} inbox={inbox} inboxes={inboxes} />
      <TextField form={form} name="table" hint={hints.table} list="tables" required />
      <TableNames tables={tables.filter(({ isView }) => !isView)} />
      <Tick form={form} name="create" />
      <TextField form={form} name="key" hint={hints.key} />
      <div class="form-columns">
        <SelectField
          form={form}
          name="operation"
          hint={hints.operation}
          choices={[['', usual.operation], ...choices(OPERATIONS, operations)]}
        />
        <SelectField
          form={form}
          name="doubles"
          hint={hints.doubles}
          choices={choices(DOUBLES, doubles)}
        />
        <SelectField
          form={form}
          name="duplicates"
          hint={hints.duplicates}
          choices={[['', usual.duplicates], ...choices(DUPLICATES, duplicates)]}
        />
      </div>
      <TextField form={form} name="label" hint={hints.label} />
      <details class="form-more" id="form-more" open={isOpen(form)}>
        <summary>{form.ui.text.form.more}</summary>
        <div class="form-columns">
          <FormatField form={form} usual={usual.found} />
          <DelimiterField form={form} usual={usual.found} />
          <SelectField
            form={form}
            name="encoding"
            choices={[['', usual.found], ...encodings.map((name): Choice => [name, name])]}
          />
          <TextField form={form} name="maxRejects" hint={hints.maxRejects} inputmode="numeric" />
        </div>
        <Tick form={form} name="header" hint={hints.header} />
        <div class="form-columns">
          <TextField form={form} name="skip" hint={hints.skip} inputmode="numeric" />
          <TextField form={form} name="headerLines" hint={hints.headerLines} inputmode="numeric" />
          <TextField form={form} name="skipLast" hint={hints.skipLast} inputmode="numeric" />
        </div>
        <TextField form={form} name="columns" hint={hints.ownNames} />
        <Tick form={form} name="keepGoing" />
        <Tick form={form} name="dryRun" hint={hints.dryRun} />
        <Tick form={form} name="trace" hint={hints.trace} />
        <KeptParts form={form} />
      </details>
    </FormFrame>
  )
}

const MORE = [
  'format',
  'delimiter',
  'otherDelimiter',
  'encoding',
  'skip',
  'headerLines',
  'skipLast',
  'columns',
  'maxRejects',
  'keepGoing',
  'dryRun',
  'trace',
] as const satisfies FormField[]

/** Nothing that was answered otherwise than usual, or refused, hides itself. */
function isOpen({ answers, fault }: JobFormProps): boolean {
  return (
    answers.header !== 'yes' ||
    MORE.some((name) => fault?.field === name || (answers[name] ?? '') !== '')
  )
}
