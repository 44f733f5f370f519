import type { Child } from 'hono/jsx'
import { originOfRecord } from '../../src/domain/records/source-files.ts'
import { levelLabel, messageOnPage } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { loadOnOpen } from '../ground/htmx.ts'
import { Icon } from '../parts/icon.tsx'
import { OpenedValue } from './opened-value.tsx'
import { RawText } from './raw-text.tsx'
import { dateTime, NOTHING, number, type Ui } from '../ground/ui.ts'
import { recordUrl } from './rejects-url.ts'
import type { RejectsProps, ShownReject } from './rejects-props.ts'
import type { RejectColumn } from './reject-columns.ts'

type RowsProps = Pick<RejectsProps, 'ui' | 'job' | 'rejects'> & { columns: RejectColumn[] }
type RowProps = Pick<RowsProps, 'ui' | 'job'> & { reject: ShownReject }

/** Each reject is a <tbody>: its row, and the row below in which the record opens. */
export function RejectRows({ rejects, columns, ...shared }: RowsProps) {
  return rejects.map((reject) => (
    <tbody id={`reject-${reject.record}-${reject.seq}`}>
      <tr>
        {columns.map((column) => (
          <td class={CLASSES[column]} data-name={shared.ui.text.rejects[column]}>
            <Cell {...shared} reject={reject} column={column} />
          </td>
        ))}
      </tr>
      <tr class="opened">
        <td colspan={columns.length} id={`opened-${reject.record}-${reject.seq}`} />
      </tr>
    </tbody>
  ))
}

const CLASSES: Partial<Record<RejectColumn, string>> = {
  at: 'time',
  record: 'number',
  line: 'number',
  key: 'value',
  field: 'field-name',
  value: 'value',
  message: 'message',
}

function Cell({ column, ...row }: RowProps & { column: RejectColumn }): Child {
  const { ui, reject } = row
  switch (column) {
    case 'type':
      return <Level ui={ui} type={reject.type} />
    case 'at':
      return <time datetime={reject.at}>{dateTime(ui, reject.at)}</time>
    case 'connector':
      return ui.text.rejects.connectors[reject.connector]
    case 'origin':
      return <RawText>{originOfRecord(row.job, reject.record)}</RawText>
    case 'record':
      return <RecordLink {...row} />
    case 'line':
      return number(ui, reject.line)
    case 'key':
      return <Values ui={ui} values={reject.key} />
    case 'field':
      return reject.field === null ? NOTHING : <RawText>{reject.field}</RawText>
    case 'value':
      return <Values ui={ui} values={reject.value === undefined ? [] : [reject.value]} />
    case 'code':
      return <code>{reject.code}</code>
    case 'message':
      return <MessageToOpen {...row} />
  }
}

function Level({ ui, type }: { ui: Ui; type: ShownReject['type'] }) {
  return (
    <span class="status-badge">
      <Icon ui={ui} name={type} />
      <span>{levelLabel(ui.language, type)}</span>
    </span>
  )
}

function RecordLink({ ui, job, reject: { record, seq } }: RowProps) {
  return (
    <a id={`record-${record}-${seq}`} href={recordUrl(ui, job.id, record)}>
      {number(ui, record)}
    </a>
  )
}

/** The values of a composite key are separated by a dot. */
function Values({ ui, values }: { ui: Ui; values: ShownReject['key'] }): Child {
  if (values.length === 0) return NOTHING
  return values.map((value, at) => (
    <>
      {at > 0 && ' · '}
      <OpenedValue ui={ui} value={value} />
    </>
  ))
}

function MessageToOpen({ ui, job, reject }: RowProps) {
  const { record, seq } = reject
  const name = `${record}-${seq}`
  const url = recordUrl(ui, job.id, record)
  return (
    <details id={`details-${name}`} {...loadOnOpen(url, `#opened-${name}`, '.reject-record')}>
      <summary id={`summary-${name}`}>
        <RawText>{messageOnPage(ui.language, reject)}</RawText>
      </summary>{' '}
      <a id={`open-${name}`} href={url}>
        {fill(ui.text.rejects.openRecord, { n: number(ui, record) })}
      </a>
    </details>
  )
}
