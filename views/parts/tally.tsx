import { balances, SUCCESSES, type Counter } from '../../src/domain/jobs/counters.ts'
import type { Job } from '../../src/domain/jobs/job.ts'
import { inMotion, isOver } from '../../src/domain/states/status.ts'
import { counterLabelOf } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { formatList, formatShare } from '../../src/i18n/format.ts'
import { NOTHING, number, type Ui } from '../ground/ui.ts'
import type { CounterLabel } from '../../src/i18n/en/words.ts'

type TallyProps = {
  ui: Ui
  job: Job
  rejectsUrl: string
  /** Whether the page tells of warnings that belong to no record. */
  isWarned: boolean
}
type Line = { kind: CounterLabel; records: number }

/** The tally as a ledger: the outcomes of the records line by line, and their sum. */
export function Tally({ ui, job, rejectsUrl, isWarned }: TallyProps) {
  const { text } = ui
  const { counters, total } = job
  const all = linesOf(job)
  // While the job is in motion every line is shown, so that lines do not shift.
  const lines = inMotion(job.status) ? all : all.filter(({ records }) => records > 0)
  const sum = total ?? counters.processed
  return (
    <section class={balances(counters, total) ? 'tally' : 'tally tally-broken'} id="tally">
      <h2 id="tally-title">{text.tally.title}</h2>
      <table class="ledger" aria-labelledby="tally-title">
        <thead class="visually-hidden">
          <tr>
            <th scope="col">{text.jobPage.ledger.records}</th>
            <th scope="col">{text.jobPage.ledger.kind}</th>
            <th scope="col">{text.jobPage.ledger.share}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <LedgerLine ui={ui} job={job} line={line} sum={sum} rejectsUrl={rejectsUrl} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td class="number">
              <b>{number(ui, sum)}</b>
            </td>
            <th scope="row">{sumLabel(ui, job)}</th>
            <td />
          </tr>
        </tfoot>
      </table>
      <Verdict ui={ui} job={job} />
      <SideCounters ui={ui} job={job} />
      <ZeroOutcomes ui={ui} job={job} lines={all} isWarned={isWarned} />
    </section>
  )
}

/** One line per outcome; every record has exactly one. */
function linesOf({ type, counters, total }: Job): Line[] {
  const kinds: Counter[] = type === 'export' ? ['inserted'] : [...SUCCESSES, 'ignored']
  return [
    ...kinds.map((kind) => ({ kind, records: counters[kind] })),
    { kind: 'rejected', records: counters.rejects },
    ...(total === null
      ? []
      : [{ kind: 'unprocessed' as const, records: total - counters.processed }]),
  ]
}

type LineProps = Omit<TallyProps, 'isWarned'> & { line: Line; sum: number }

function LedgerLine({ ui, job, line: { kind, records }, sum, rejectsUrl }: LineProps) {
  const label = counterLabelOf(ui.language, kind, job)
  const leads = kind === 'rejected' && records > 0
  return (
    <tr class={records === 0 ? 'ledger-zero' : undefined} data-kind={kind}>
      <td class="number">
        <b>{number(ui, records)}</b>
      </td>
      <th scope="row">{leads ? <a href={rejectsUrl}>{label}</a> : label}</th>
      <td class="number quiet">
        {records === 0 || sum === 0 ? NOTHING : formatShare(ui.language, records / sum)}
      </td>
    </tr>
  )
}

function sumLabel(ui: Ui, job: Job): string {
  const { ledger } = ui.text.jobPage
  if (job.total === null) return isOver(job.status) ? ledger.withoutRest : ledger.soFar
  if (job.type === 'export') return ledger.ofTable
  const { morePaths, lastRecord } = job.specification
  const records = morePaths.length === 0 ? ledger.ofFile : ledger.ofFiles
  if (lastRecord === null) return records
  return fill(ledger.upTo, { records, last: number(ui, lastRecord) })
}

/** Says whether the tally balances; nothing before records were read. */
function Verdict({
  ui: { text },
  job: { counters, total, status },
}: Pick<TallyProps, 'ui' | 'job'>) {
  if (!balances(counters, total)) return <p class="tally-verdict">{text.tally.broken}</p>
  if (counters.processed === 0) return null
  return (
    <p class="tally-verdict">{isOver(status) ? text.tally.balances : text.tally.balancesSoFar}</p>
  )
}

/** Counters that are not outcomes: other things, or records that are in a line already. */
const SIDE_COUNTERS = ['empty', 'doubles', 'duplicates', 'warnings'] as const satisfies Counter[]

function SideCounters({ ui, job }: Pick<TallyProps, 'ui' | 'job'>) {
  if (inMotion(job.status)) return null
  const counted = [...SIDE_COUNTERS, 'filtered' as const].filter(
    (counter) => job.counters[counter] > 0,
  )
  const counts = counted.map((counter) => {
    const label = counterLabelOf(ui.language, counter, job)
    return `${label} ${number(ui, job.counters[counter])}`
  })
  if (counts.length === 0) return null
  return <p>{fill(ui.text.jobPage.ledger.beside, { counts: formatList(ui.language, counts) })}</p>
}

type ZeroProps = Pick<TallyProps, 'ui' | 'job' | 'isWarned'> & { lines: Line[] }

/** Names the outcomes without records in one sentence, once the job no longer moves. */
function ZeroOutcomes({ ui, job, lines, isWarned }: ZeroProps) {
  if (inMotion(job.status)) return null
  const beside =
    job.type === 'export' ? [] : SIDE_COUNTERS.filter((counter) => job.counters[counter] === 0)
  const kinds = [
    ...lines.filter(({ records }) => records === 0).map(({ kind }) => kind),
    ...beside.filter((counter) => counter !== 'warnings' || !isWarned),
  ]
  if (kinds.length === 0) return null
  const names = kinds.map((kind) => counterLabelOf(ui.language, kind, job).toLowerCase())
  return (
    <p class="tally-zeros quiet">
      {fill(ui.text.jobPage.ledger.zeros, { names: formatList(ui.language, names) })}
    </p>
  )
}
