import type { MessageCode } from '../../src/domain/words/messages.ts'
import type { ListedReject, Reject } from '../../src/domain/records/reject.ts'
import { messageOnPage } from '../../src/i18n/catalogue.ts'
import type { Glance } from '../../src/pipeline/formats/inspection/glance.ts'
import { Icon } from '../parts/icon.tsx'
import type { LineRanges as LineRangesOf } from '../../src/engine/repair/line-ranges.ts'
import { LineRanges } from '../rejects/line-ranges.tsx'
import { OpenedValue } from '../rejects/opened-value.tsx'
import { RawText } from '../rejects/raw-text.tsx'
import { NOTHING, number, type Ui } from '../ground/ui.ts'

/** Rejects with the same type, code and field, with the first of them. */
export type ReportedKind = {
  type: Reject['type']
  code: MessageCode
  field: string | null
  count: number
  examples: (ListedReject & { text: string })[]
  /** The wrong value of the first one. */
  value: Glance['value']
  lines: LineRangesOf
}

type FileOf = ((record: number) => string) | undefined
type ReasonsProps = { ui: Ui; kinds: ReportedKind[]; fileOf: FileOf }

/** An overview of all reasons, before their examples. */
export function ReportReasons({ ui, kinds, fileOf }: ReasonsProps) {
  const { rejects: text } = ui.text.report
  return (
    <table class="table report-reasons">
      <caption class="visually-hidden">{text.reasons}</caption>
      <thead>
        <tr>
          <th scope="col" class="number">
            {text.count}
          </th>
          <th scope="col">{text.code}</th>
          <th scope="col">{text.fieldName}</th>
          <th scope="col">{text.message}</th>
          <th scope="col">{text.example}</th>
          <th scope="col">{text.lines}</th>
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => (
          <Reason ui={ui} kind={kind} fileOf={fileOf} />
        ))}
      </tbody>
    </table>
  )
}

function Reason({ ui, kind, fileOf }: { ui: Ui; kind: ReportedKind; fileOf: FileOf }) {
  const { rejects: text } = ui.text.report
  const { type, code, field, count, examples, value } = kind
  const [first] = examples
  return (
    <tr>
      <td class="number" data-name={text.count}>
        {number(ui, count)}
      </td>
      <td class="code" data-name={text.code}>
        <span class="status-badge">
          <Icon ui={ui} name={type} />
          <span class="visually-hidden">{type === 'error' ? text.errors : text.warnings}</span>
        </span>{' '}
        <code>{code}</code>
      </td>
      <td class={field === null ? 'quiet' : 'field-name'} data-name={text.fieldName}>
        {field === null ? text.wholeRecord : <RawText>{field}</RawText>}
      </td>
      <td class="message">
        {first === undefined ? NOTHING : <RawText>{messageOnPage(ui.language, first)}</RawText>}
      </td>
      <td class="example" data-name={text.example}>
        {value === undefined ? NOTHING : <OpenedValue ui={ui} value={value} />}
      </td>
      <td data-name={text.lines}>
        <LineRanges ui={ui} {...kind.lines} fileOf={fileOf} />
      </td>
    </tr>
  )
}
