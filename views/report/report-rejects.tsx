import type { Job } from '../../src/domain/jobs/job.ts'
import { originOf, severalFilesOf } from '../../src/domain/records/source-files.ts'
import { messageOnPage } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { Icon } from '../parts/icon.tsx'
import { RawLines } from '../rejects/raw-lines.tsx'
import { lineText, number, type Ui } from '../ground/ui.ts'
import { ReportReasons, type ReportedKind } from './report-reasons.tsx'
import { pathOfTab } from '../tabs/tabs.tsx'

export type ReportRejectsProps = {
  ui: Ui
  job: Job
  /** Most frequent first. */
  kinds: ReportedKind[]
  /** Number of all messages, including those of omitted kinds. */
  messages: number
  /** Number of omitted kinds. */
  kindsLeftOut: number
}

/** The printed rejects: each kind with its count and a few raw records. */
export function ReportRejects({ ui, job, kinds, messages, kindsLeftOut }: ReportRejectsProps) {
  const { job: words, report } = ui.text
  const { rejects: text } = report
  const counts = { records: number(ui, job.counters.rejects), messages: number(ui, messages) }
  const fileOf = originOf(severalFilesOf(job))
  return (
    <section class="report-section" tabindex={0} aria-label={words.rejects}>
      <h2>{words.rejects}</h2>
      {messages === 0 && <p>{text.none}</p>}
      {messages > 0 && <p>{fill(job.dry_run ? text.wouldCounts : text.counts, counts)}</p>}
      {messages > 0 && <ReportReasons ui={ui} kinds={kinds} fileOf={fileOf} />}
      {messages > 0 && <h3>{text.examples}</h3>}
      {messages > 0 && (
        <table class="table report-rejects">
          <caption class="visually-hidden">{text.examples}</caption>
          <thead>
            <tr>
              <th scope="col" class="number">
                {text.record}
              </th>
              <th scope="col" class={fileOf === undefined ? 'number' : 'number of-file'}>
                {text.line}
              </th>
              <th scope="col">{text.message}</th>
              <th scope="col">{text.raw}</th>
            </tr>
          </thead>
          {kinds.map((kind) => (
            <KindRows ui={ui} kind={kind} fileOf={fileOf} />
          ))}
        </table>
      )}
      {kindsLeftOut > 0 && (
        <p class="left-out">
          {fill(text.leftOut, {
            kinds: number(ui, kindsLeftOut),
            messages: number(ui, messages - kinds.reduce((sum, { count }) => sum + count, 0)),
            path: pathOfTab(ui, job.id, 'rejects'),
          })}
        </p>
      )}
    </section>
  )
}

type KindRowsProps = {
  ui: Ui
  kind: ReportedKind
  /** The name of the file that a record is in, where they are several. */
  fileOf: ((record: number) => string) | undefined
}

function KindRows({ ui, kind, fileOf }: KindRowsProps) {
  const { rejects: text } = ui.text.report
  const { type, code, field, count, examples } = kind
  const isCut = examples.length < count
  return (
    <tbody class="reject-kind">
      <tr>
        <th colspan={4} scope="rowgroup">
          <span class="status-badge">
            <Icon ui={ui} name={type} />
            <span>{type === 'error' ? text.errors : text.warnings}</span>
          </span>{' '}
          <code>{code}</code>, {field === null ? text.wholeRecord : fill(text.field, { field })}.{' '}
          {fill(text.kind, { n: number(ui, count) })}
          {isCut &&
            `; ${fill(text.shown, { shown: number(ui, examples.length), n: number(ui, count) })}`}
        </th>
      </tr>
      {examples.map((reject) => (
        <tr>
          <td class="number" data-name={text.record}>
            {number(ui, reject.record)}
          </td>
          <td class="number" data-name={text.line}>
            {lineText(ui, reject.line, fileOf?.(reject.record))}
          </td>
          <td class="message">{messageOnPage(ui.language, reject)}</td>
          <td>
            <RawLines>{reject.text}</RawLines>
          </td>
        </tr>
      ))}
    </tbody>
  )
}
