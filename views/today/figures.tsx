import type { Child } from 'hono/jsx'
import type { Today } from '../../src/engine/report/read-today.ts'
import { fill } from '../../src/i18n/console.ts'
import { ProcessedBar, processedText } from '../parts/outcome-bar.tsx'
import { countText, number, type Ui } from '../ground/ui.ts'

/** Workers of this server: the configured number, and how many respond. */
export type Workers = { wanted: number; answering: number }

/** Four figures and the workers. A figure is exact, or shows where counting stopped. */
export function Figures({ ui, today, workers }: { ui: Ui; today: Today; workers: Workers }) {
  const { base, text } = ui
  const { records, rejects } = today
  const ofJobs = records.isCapped ? text.today.ofNewest : text.today.ofJobs
  const inJobs = rejects.isCapped ? text.today.inNewest : text.today.inJobs
  return (
    <ul class="figures">
      <Figure
        name={text.today.records}
        value={number(ui, records.written + records.kept + records.rejected)}
      >
        <ProcessedBar parts={records} />{' '}
        {[processedText(ui, records), fill(ofJobs, { n: number(ui, records.jobs) })]
          .filter((words) => words !== '')
          .join(' · ')}
      </Figure>
      <Figure
        name={text.today.inMotion}
        value={countText(ui, today.inMotion)}
        href={`${base}/jobs?tab=in_motion`}
      >
        {fill(text.today.waiting, { n: countText(ui, today.waiting) })}
        {' · '}
        <a href={`${base}/workers`}>
          <WorkersText ui={ui} workers={workers} busy={today.busy} />
        </a>
      </Figure>
      <Figure
        name={text.today.failed}
        value={countText(ui, today.failedToday)}
        isBad={today.failedToday.count > 0}
      >
        <a href={`${base}/jobs?tab=failed&sort=ended_at&direction=desc`}>
          {fill(text.today.failedInAll, { n: countText(ui, today.failed) })}
        </a>
      </Figure>
      <Figure
        name={text.today.rejects}
        value={number(ui, rejects.rejects)}
        isBad={rejects.rejects > 0}
        href={`${base}/jobs?tab=with_rejects`}
      >
        {fill(inJobs, { n: number(ui, rejects.jobs) })}
      </Figure>
    </ul>
  )
}

type FigureProps = {
  name: string
  value: string
  isBad?: boolean
  href?: string
  children: Child
}

function Figure({ name, value, isBad = false, href, children }: FigureProps) {
  return (
    <li class="panel">
      {href === undefined ? name : <a href={href}>{name}</a>}{' '}
      <b class={isBad ? 'figure figure-bad' : 'figure'}>{value}</b>{' '}
      <span class="quiet">{children}</span>
    </li>
  )
}

type WorkersTextProps = { ui: Ui; workers: Workers; busy: number }

function WorkersText({ ui, workers: { wanted, answering }, busy }: WorkersTextProps) {
  const { text } = ui
  if (wanted === 0) return <>{text.today.noWorkers}</>
  const parts = [
    fill(text.today.busy, { n: number(ui, busy) }),
    fill(text.today.ready, { n: number(ui, answering - busy) }),
    ...(answering < wanted ? [fill(text.today.silent, { n: number(ui, wanted - answering) })] : []),
  ]
  return <>{`${text.today.workers}: ${parts.join(', ')}`}</>
}
