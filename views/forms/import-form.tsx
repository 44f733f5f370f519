import { DOUBLES, DUPLICATES, OPERATIONS } from '../../src/domain/specification/specification.ts'
import type { TableName } from '../../src/db/store.ts'
import { SelectField, TextField, Checkbox, type Choice } from './fields.tsx'
import { DelimiterField } from './delimiter-field.tsx'
import { FileField } from './file-field.tsx'
import { FormatField } from './format-field.tsx'
import { FormFrame } from './form-frame.tsx'
import { SOURCE_FIELDS, type FormField, type Inbox, type JobFormProps } from './job-form.ts'
import { KeptParts } from './kept-parts.tsx'
import { TableNames } from './table-names.tsx'

export type ImportFormProps = JobFormProps & {
  inbox: Inbox
  /** The folders with files to import. */
  inboxes: string[]
  tables: TableName[]
  encodings: readonly string[]
}

/** The form of an import; only file and table have no default. */
export function ImportForm({ inbox, inboxes, tables, encodings, ...form }: ImportFormProps) {
  const { hints, operations, doubles, duplicates, usual } = form.ui.text.form
  const choices = <Key extends string>(keys: readonly Key[], words: Record<Key, string>) =>
    keys.map((key): Choice => [key, words[key]])
  return (
    <FormFrame form={form}>
      {(form.fault?.field === 'again' || form.answers.again === 'yes') && (
        <Checkbox form={form} name="again" />
      )}
      <FileField form={form} inbox={inbox} inboxes={inboxes} />
      <TextField form={form} name="table" hint={hints.table} list="tables" required />
      <TableNames tables={tables.filter(({ isView }) => !isView)} />
      <Checkbox form={form} name="create" />
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
        <Checkbox form={form} name="header" hint={hints.header} />
        <div class="form-columns">
          <TextField form={form} name="skip" hint={hints.skip} inputmode="numeric" />
          <TextField form={form} name="headerLines" hint={hints.headerLines} inputmode="numeric" />
          <TextField form={form} name="skipLast" hint={hints.skipLast} inputmode="numeric" />
        </div>
        <TextField form={form} name="columns" hint={hints.ownNames} />
        <Checkbox form={form} name="keepGoing" />
        <Checkbox form={form} name="dryRun" hint={hints.dryRun} />
        <Checkbox form={form} name="trace" hint={hints.trace} />
        <KeptParts form={form} />
      </details>
    </FormFrame>
  )
}

const MORE_FIELDS = [
  ...SOURCE_FIELDS,
  'maxRejects',
  'keepGoing',
  'dryRun',
  'trace',
] as const satisfies FormField[]

/** Open if a field inside differs from its default or was refused. */
function isOpen({ answers, fault }: JobFormProps): boolean {
  return (
    answers.header !== 'yes' ||
    MORE_FIELDS.some((name) => fault?.field === name || (answers[name] ?? '') !== '')
  )
}
