import type { ListedReject } from '../../src/domain/records/reject.ts'
import { levelLabel, messageOnPage } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { formatSize } from '../../src/i18n/format.ts'
import type {
  InspectedColumn,
  InspectedRecord,
} from '../../src/pipeline/formats/inspection/inspect-record.ts'
import type { Segment } from '../../src/pipeline/formats/inspection/excerpt.ts'
import { Icon } from '../parts/icon.tsx'
import { LeftOut, OpenedValue } from './opened-value.tsx'
import { RawText } from './raw-text.tsx'
import { dateTime, number, type Ui } from '../ground/ui.ts'

/** Maximum number of fields that are shown without opening. */
const MAX_OPEN_FIELDS = 30

export type RejectRecordProps = {
  ui: Ui
  /** Name of the source. */
  file: string
  /** The first message about the record, with its position. */
  first: ListedReject
  inspected: InspectedRecord<ListedReject>
  /** Number of stored raw bytes. */
  bytes: number
  /** URL of all raw bytes. */
  rawUrl: string
}

/** A rejected record: its fields as a tree with their messages, and its raw text. */
export function RejectRecord(props: RejectRecordProps) {
  const { ui, file, first, inspected, bytes, rawUrl } = props
  const { text } = ui
  const { columns, leftOut, messages, passage } = inspected
  return (
    <section class="reject-record">
      <h2>
        {fill(text.rejects.recordTitle, { n: number(ui, first.record) })}{' '}
        <span class="quiet">
          <RawText>
            {fill(text.rejects.place, {
              line: number(ui, first.line),
              offset: number(ui, first.offset),
              file,
              at: dateTime(ui, first.at),
              connector: text.rejects.connectors[first.connector],
            })}
          </RawText>
        </span>
      </h2>
      <Messages ui={ui} messages={messages} />
      <Fields ui={ui} columns={columns} leftOut={leftOut} />
      <h3>{text.rejects.raw}</h3>
      {first.code === 'TLY-2006' && (
        <p class="quiet">{fill(text.rejects.kept, { n: number(ui, bytes) })}</p>
      )}
      <p>
        <a href={rawUrl} download>
          {fill(text.rejects.downloadRaw, { size: formatSize(ui.language, bytes) })}
        </a>
      </p>
      <RawRecord ui={ui} passage={passage} />
    </section>
  )
}

type FieldsProps = { ui: Ui } & Pick<InspectedRecord<ListedReject>, 'columns' | 'leftOut'>

/** With many fields, only those with errors are shown; all on demand. */
function Fields({ ui, columns, leftOut }: FieldsProps) {
  const { rejects: text } = ui.text
  if (columns.length <= MAX_OPEN_FIELDS) return <Tree ui={ui} columns={columns} leftOut={leftOut} />
  const faulty = columns.filter(({ messages }) => messages.length > 0)
  return (
    <>
      {faulty.length > 0 && <Tree ui={ui} columns={faulty} name={text.faultyFields} />}
      <details>
        <summary>{fill(text.showAll, { n: number(ui, columns.length + leftOut) })}</summary>
        <Tree ui={ui} columns={columns} leftOut={leftOut} />
      </details>
    </>
  )
}

type TreeProps = {
  ui: Ui
  columns: InspectedColumn<ListedReject>[]
  leftOut?: number
  name?: string
}

function Tree({ ui, columns, leftOut = 0, name = ui.text.rejects.fields }: TreeProps) {
  return (
    <ul class="tree" aria-label={name}>
      {columns.map((column) => (
        <TreeField ui={ui} {...column} />
      ))}
      {leftOut > 0 && (
        <li class="quiet">{fill(ui.text.rejects.moreColumns, { n: number(ui, leftOut) })}</li>
      )}
    </ul>
  )
}

function TreeField({
  ui,
  number: place,
  column,
  value,
  messages,
}: { ui: Ui } & InspectedColumn<ListedReject>) {
  const { text } = ui
  const field = column?.field
  const name = column?.name ?? fill(text.rejects.column, { n: number(ui, place) })
  return (
    <li class={messages.length > 0 ? 'blamed' : undefined}>
      <span class="field-name">
        <RawText>{name}</RawText>
        {field !== undefined && field !== name && (
          <span class="quiet">
            {' → '}
            <RawText>{field}</RawText>
          </span>
        )}
      </span>{' '}
      <span class="value">
        <OpenedValue ui={ui} value={value} />
        {column !== undefined && field === undefined && value !== 'unread' && (
          <span class="quiet"> {text.rejects.notImported}</span>
        )}
      </span>
      <Messages ui={ui} messages={messages} />
    </li>
  )
}

function Messages({ ui, messages }: { ui: Ui; messages: ListedReject[] }) {
  return messages.map((message) => (
    <p class={`said said-${message.type}`}>
      <Icon ui={ui} name={message.type} />
      <span>
        <span class="visually-hidden">{levelLabel(ui.language, message.type)}: </span>
        <RawText>{messageOnPage(ui.language, message)}</RawText> <code>{message.code}</code>
      </span>
    </p>
  ))
}

function RawRecord({ ui, passage }: { ui: Ui; passage: Segment[] }) {
  return (
    <pre class="raw">
      {passage.map((segment) =>
        'leftOut' in segment ? (
          <LeftOut ui={ui} count={segment.leftOut} />
        ) : segment.isMarked ? (
          <Marked ui={ui} {...segment} />
        ) : (
          <RawText>{segment.pieces}</RawText>
        ),
      )}
    </pre>
  )
}

/** An empty mark shows where something is missing. */
function Marked({ ui, pieces }: { ui: Ui; pieces: (string | number)[] }) {
  return (
    <mark>
      {pieces.length === 0 ? (
        <span class="sign">⟨{ui.text.rejects.nothingHere}⟩</span>
      ) : (
        <RawText>{pieces}</RawText>
      )}
    </mark>
  )
}
