import type { ListedReject } from '../../src/domain/reject.ts'
import { levelLabel, messageText } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { loadWhenOpened } from '../htmx.ts'
import { Icon } from '../parts/icon.tsx'
import { RawText } from '../parts/raw-text.tsx'
import { dateTime, NOTHING, number } from '../ui.ts'
import { recordUrl } from './rejects-url.ts'
import type { RejectsProps } from './rejects.tsx'

type RowsProps = Pick<RejectsProps, 'ui' | 'job' | 'rejects'>

/** Each reject is a body of its own: its row, and the row below in which the record opens. */
export function RejectRows({ rejects, ...shared }: RowsProps) {
  return rejects.map((reject) => <RejectRow {...shared} reject={reject} />)
}

function RejectRow({ ui, job, reject }: Omit<RowsProps, 'rejects'> & { reject: ListedReject }) {
  const { language, text } = ui
  const { record, seq, at, line, connector, type, field, code } = reject
  const name = `${record}-${seq}`
  const url = recordUrl(ui, job.id, record)
  return (
    <tbody id={`reject-${name}`}>
      <tr>
        <td>
          <span class="status-badge">
            <Icon ui={ui} name={type} />
            <span>{levelLabel(language, type)}</span>
          </span>
        </td>
        <td class="time wide-only">
          <time datetime={at}>{dateTime(ui, at)}</time>
        </td>
        <td class="wide-only">{text.rejects.connectors[connector]}</td>
        <td class="origin wide-only">
          <RawText>{job.file_name}</RawText>
        </td>
        <td class="number">
          <a id={`record-${name}`} href={url}>
            {number(ui, record)}
          </a>
        </td>
        <td class="number wide-only">{number(ui, line)}</td>
        <td class="field-name wide-only">
          {field === null ? NOTHING : <RawText>{field}</RawText>}
        </td>
        <td class="wide-only">
          <code>{code}</code>
        </td>
        <td class="message">
          <details
            id={`details-${name}`}
            {...loadWhenOpened(url, `#opened-${name}`, '.reject-record')}
          >
            <summary id={`summary-${name}`}>
              <RawText>{messageText(language, reject)}</RawText>
            </summary>
            <a id={`open-${name}`} href={url}>
              {fill(text.rejects.openRecord, { n: number(ui, record) })}
            </a>
          </details>
          <p class="narrow-only quiet">
            {text.rejects.line} {number(ui, line)} · {code}
            {field !== null && ' · '}
            {field !== null && <RawText>{field}</RawText>} · {text.rejects.connectors[connector]} ·{' '}
            {dateTime(ui, at)}
          </p>
        </td>
      </tr>
      <tr class="opened">
        <td colspan={9} id={`opened-${name}`} />
      </tr>
    </tbody>
  )
}
