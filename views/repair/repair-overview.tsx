import { openRejectsOf, type Job } from '../../src/domain/jobs/job.ts'
import type { ListedReject } from '../../src/domain/records/reject.ts'
import { originOf, severalFilesOf } from '../../src/domain/records/source-files.ts'
import type { LineRanges as LineRangesOf } from '../../src/engine/repair/line-ranges.ts'
import type { OpenKind } from '../../src/engine/repair/open-kinds.ts'
import type { Repairs } from '../../src/engine/repair/repairs-of.ts'
import { messageOnPage } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { number, type Ui } from '../ground/ui.ts'
import { RawText } from '../rejects/raw-text.tsx'
import { LineRanges } from '../rejects/line-ranges.tsx'
import { RepairByFile } from './repair-by-file.tsx'
import { RepairFrame } from './repair-frame.tsx'
import { RepairState } from './repair-state.tsx'
import { NO_RULE, repairUrl } from './repair-url.ts'
import { SetAsideList } from './set-aside-list.tsx'

type ShownKind = OpenKind & {
  example: ListedReject | undefined
  lines: LineRangesOf | undefined
}

export type RepairOverviewProps = {
  ui: Ui
  job: Job
  kinds: ShownKind[]
  repairs: Repairs
  alert: string | undefined
}

/** Why records were rejected, with what is open of each reason and a way to repair it. */
export function RepairOverview({ ui, job, kinds, repairs, alert }: RepairOverviewProps) {
  const { repair } = ui.text
  const open = kinds.filter((kind) => kind.open > 0)
  return (
    <RepairFrame ui={ui} job={job} title={repair.title} alert={alert}>
      <RepairState ui={ui} job={job} repairs={repairs} />
      {open.length > 0 && job.is_masked && <p class="repair-note">{repair.masked}</p>}
      {open.length === 0 ? (
        <p class="empty">{repair.nothingOpen}</p>
      ) : (
        <section class="scroller" tabindex={0} aria-label={repair.reasons}>
          <table class="table repair-reasons">
            <caption class="visually-hidden">{repair.reasons}</caption>
            <thead>
              <tr>
                <th scope="col" class="number">
                  {repair.open}
                </th>
                <th scope="col">{repair.reason}</th>
                <th scope="col">{repair.lines}</th>
                <th scope="col">
                  <span class="visually-hidden">{repair.repair}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {open.map((kind) => (
                <Reason ui={ui} job={job} kind={kind} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {openRejectsOf(job) > 0 && <p class="quiet repair-note">{repair.severalReasons}</p>}
      {open.length > 0 && <RepairByFile ui={ui} job={job} />}
      <SetAsideList ui={ui} job={job} rejects={repairs.setAside} />
    </RepairFrame>
  )
}

function Reason({ ui, job, kind }: { ui: Ui; job: Job; kind: ShownKind }) {
  const { rejects, repair } = ui.text
  const { code, field, open, example, lines } = kind
  const url = repairUrl(ui, job.id, { code, field, rule: NO_RULE, after: 0 })
  return (
    <tr>
      <td class="number" data-name={repair.open}>
        {number(ui, open)}
      </td>
      <td class="message" data-name={repair.reason}>
        <b>{field === null ? rejects.wholeRecord : <RawText>{field}</RawText>}</b>{' '}
        <code>{code}</code>{' '}
        {example !== undefined && (
          <span class="quiet">
            {Object.keys(example.params).length > 0 && `${rejects.forExample} `}
            <RawText>{messageOnPage(ui.language, example)}</RawText>
          </span>
        )}
      </td>
      <td data-name={repair.lines}>
        {lines === undefined ? null : (
          <LineRanges ui={ui} {...lines} fileOf={originOf(severalFilesOf(job))} />
        )}
      </td>
      <td>
        <a
          class="button"
          href={url}
          id={`repair-${kind.kind}`}
          aria-label={fill(repair.repairReason, {
            field: field ?? rejects.wholeRecord,
            code,
          })}
        >
          {repair.repair}
        </a>
      </td>
    </tr>
  )
}
