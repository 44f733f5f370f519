import type { Job } from '../../src/domain/jobs/job.ts'
import type { TableName } from '../../src/db/store.ts'
import { fill } from '../../src/i18n/console.ts'
import { formatList } from '../../src/i18n/format.ts'
import { shown } from '../../src/i18n/shown.ts'
import { ColumnNotes } from './fields/column-notes.tsx'
import { FoldedField, isOpen, type FoldedFieldProps } from './fields/folded-field.tsx'
import { ToldFaults, type Faulty, type ToldFault } from './fields/faulty.tsx'
import { MadeFields, type MadeField } from './fields/made-fields.tsx'
import { Unreadable } from './fields/unreadable.tsx'
import { number, type Ui } from '../ground/ui.ts'
import { ColumnsTable, type ColumnsTableProps } from './columns-table.tsx'
import type { ShownFile } from './file-list.tsx'
import { FoundLine } from './found-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { Notice } from '../parts/notice.tsx'
import { StepButtons, StepPage } from './step-page.tsx'
import { stepPath } from './steps.ts'

export type ColumnsStepProps = {
  ui: Ui
  job: Job
  /** Undefined if the file cannot be read, or does not suit the table at all. */
  columns: Omit<ColumnsTableProps, 'ui'> | undefined
  /** None if the first cannot be read. */
  files: ShownFile[]
  tables: TableName[]
  /** Why the form was refused, or why there is nothing to show. */
  faults: ToldFault[]
  /** Whether something was guessed of what was just chosen. */
  asksToLook: boolean
  /** Whether columns are proposed in the place of others, which the file lacks. */
  isFoundAgain: boolean
  unfilled: string[]
  /** Those without which no record can be inserted. */
  needed: string[]
  hasKey: boolean
  /** What is said of single fields. */
  folded: FoldedFieldProps[]
  made: MadeField[]
}

/** Second step: which column fills which field, and whether its values fit. */
export function ColumnsStep(props: ColumnsStepProps) {
  const { ui, job, columns, files, faults, asksToLook, isFoundAgain } = props
  const faulty = new Set(faults.flatMap(({ input = [] }) => input))
  const { assistant } = ui.text
  return (
    <StepPage
      ui={ui}
      job={job}
      step="columns"
      alert={faults.length > 0 ? <ToldFaults ui={ui} faults={faults} /> : undefined}
      above={
        <>
          {(asksToLook || isFoundAgain) && (
            <Notice kind="neutral">
              {asksToLook ? assistant.columns.look : ui.text.assistantFields.foundAgain}
            </Notice>
          )}
          {job.template !== null && <UnlikeNotice ui={ui} rows={columns?.rows ?? []} />}
        </>
      }
    >
      {files.length > 0 && (
        <section class="card card-line">
          <FilesFound ui={ui} files={files} />
          <a href={stepPath(ui, job, 'file')}>{assistant.file.otherwise}</a>
        </section>
      )}
      <section class="card" aria-labelledby="columns-title">
        <h2 id="columns-title">
          {fill(columns?.isNew === true ? assistant.columns.newTitle : assistant.columns.title, {
            table: job.target_table,
          })}
        </h2>
        <TableChoice {...props} />
        {columns === undefined ? (
          <p>
            <a href={stepPath(ui, job, 'file')}>{assistant.otherStep}</a>
          </p>
        ) : (
          <>
            <Unreadable ui={ui} {...columns} />
            <ColumnsTable ui={ui} {...columns} faulty={faulty} />
            <MoreOfFields {...props} faulty={faulty} isNew={columns.isNew} />
            <ColumnNotes {...props} isNew={columns.isNew} />
          </>
        )}
        <StepButtons ui={ui} job={job} step="columns" />
      </section>
    </StepPage>
  )
}

/** Why a job from a template stops here though nothing keeps it from going on. */
function UnlikeNotice({ ui, rows }: Pick<ColumnsTableProps, 'ui' | 'rows'>) {
  const names = rows.filter(({ better }) => better !== undefined).map(({ name }) => shown(name))
  if (names.length === 0) return null
  const columns = formatList(ui.language, names)
  return <Notice kind="neutral">{fill(ui.text.assistantFields.unlike, { columns })}</Notice>
}

/** Of more files, only those that are wrong are listed besides the first ones. */
const MOST_LISTED = 5

/** What was found, a line for each file. */
function FilesFound({ ui, files }: { ui: Ui; files: ShownFile[] }) {
  const listed = files.filter(({ problem }, at) => at < MOST_LISTED || problem !== undefined)
  const left = files.length - listed.length
  return (
    <div>
      {listed.map(({ name, found, problem }) => (
        <>
          {found !== undefined && <FoundLine ui={ui} name={name} found={found} />}
          {problem !== undefined && (
            <p class="misfits">
              <Icon ui={ui} name="error" /> {problem}
            </p>
          )}
        </>
      ))}
      {left > 0 && (
        <p class="quiet">{fill(ui.text.assistant.files.more, { n: number(ui, left) })}</p>
      )}
    </div>
  )
}

/** What few fields need, folded away where nothing is set. */
function MoreOfFields(props: ColumnsStepProps & { isNew: boolean; faulty: Faulty }) {
  const { ui, made, isNew, faulty } = props
  const folded = props.folded.map((field) => ({ ...field, faulty }))
  const { assistantFields: words } = ui.text
  return (
    <>
      {folded.length > 0 && (
        <details class="form-more" id="more-fields" open={folded.some((one) => isOpen(one))}>
          <summary>{words.more}</summary>
          <div class="folded">
            {folded.map((field) => (
              <FoldedField ui={ui} {...field} title={shown(field.field)} />
            ))}
          </div>
        </details>
      )}
      <MadeFields
        ui={ui}
        isNew={isNew}
        made={made.map((one) => ({ ...one, folded: { ...one.folded, faulty } }))}
      />
    </>
  )
}

function TableChoice({ ui, job, tables }: ColumnsStepProps) {
  const { columns } = ui.text.assistant
  const isListed = tables.some(({ name }) => name === job.target_table)
  return (
    <details class="form-more" id="more-table">
      <summary>{columns.anotherTable}</summary>
      <div class="form-columns">
        <div class="form-field">
          <label for="field-table">{columns.table}</label>{' '}
          <select id="field-table" name="table" class="input">
            {!isListed && (
              <option value={job.target_table} selected>
                {shown(job.target_table)}
              </option>
            )}
            {tables.map(({ name }) => (
              <option value={name} selected={name === job.target_table}>
                {shown(name)}
              </option>
            ))}
          </select>
        </div>
        <div class="form-field">
          <label for="field-newTable">{columns.newTable}</label>{' '}
          <input type="text" id="field-newTable" name="newTable" class="input" autocomplete="off" />
        </div>
        <button type="submit" id="button-table" name="act" value="again" class="button">
          {columns.takeTable}
        </button>
      </div>
    </details>
  )
}
