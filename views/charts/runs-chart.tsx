import { durationOf, type Job, type ListedJob } from '../../src/domain/jobs/job.ts'
import { hasOwnTemplate } from '../../src/domain/templates/native-templates.ts'
import { median } from '../../src/domain/jobs/median.ts'
import { fill } from '../../src/i18n/console.ts'
import { formatPercent, formatShare, formatShortTime } from '../../src/i18n/format.ts'
import { dateTime, duration, number, type Ui } from '../ground/ui.ts'

/** Sizes in drawing units; the drawing is scaled to the available width. */
const BAR = 15
const STEP = 20
const MAX_BARS = 20
const UP = 60
const DOWN = 30
const GAP = 1
/** Room above the bars for the mark of this one. */
const MARK = 8
const MIN_HEIGHT = 2

type Run = { run: ListedJob; time: number; share: number }
type Maxima = { time: number; share: number }

/** Bars for the last runs: duration upwards, share of rejected records downwards. */
export function RunsChart({ ui, job, runs }: { ui: Ui; job: Job; runs: ListedJob[] }) {
  const { runs: text } = ui.text.jobPage
  const bars = runs.map((run) => ({ run, time: durationOf(run, ui.now), share: shareOf(run) }))
  const most = {
    time: Math.max(...bars.map(({ time }) => time)),
    share: Math.max(...bars.map(({ share }) => share)),
  }
  const description = fill(text.description, {
    time: formatShortTime(ui.language, most.time),
    share: share(ui, most.share),
  })
  return (
    <section class="runs" id="runs">
      <h2>{hasOwnTemplate(job) ? text.ofTemplate : text.title}</h2>
      <p class="quiet" id="runs-description">
        {description}
      </p>
      <svg
        viewBox={`0 ${-MARK} ${MAX_BARS * STEP} ${wholeHeight(most) + MARK}`}
        role="group"
        aria-labelledby="runs-description"
      >
        {bars.map((bar, at) => (
          <RunBars ui={ui} bar={bar} most={most} x={at * STEP} isThis={bar.run.id === job.id} />
        ))}
        <path class="runs-line" d={`M0 ${UP + GAP / 2}H${MAX_BARS * STEP}`} />
      </svg>
      <p class="quiet">
        {mediansText(
          ui,
          bars.filter(({ run }) => run.id < job.id),
        )}{' '}
        <a href={`${ui.base}/jobs?${new URLSearchParams({ text: job.target_table })}`}>
          {fill(text.all, { table: job.target_table })}
        </a>
      </p>
    </section>
  )
}

type BarsProps = {
  ui: Ui
  bar: Run
  most: Maxima
  x: number
  isThis: boolean
}

function RunBars({ ui, bar: { run, ...bar }, most, x, isThis }: BarsProps) {
  const { runs: text } = ui.text.jobPage
  const up = heightOf(bar.time, most.time, UP)
  const down = heightOf(bar.share, most.share, DOWN)
  const title = fill(text.run, {
    id: run.id,
    when: dateTime(ui, run.started_at),
    time: duration(ui, run),
    n: number(ui, run.counters.rejects),
    share: share(ui, bar.share),
  })
  return (
    <a
      href={`${ui.base}/jobs/${run.id}`}
      class={isThis ? 'run run-this' : 'run'}
      aria-current={isThis ? 'true' : undefined}
    >
      <title>{isThis ? `${title} · ${text.thisOne}` : title}</title>
      {/* The whole column is clickable, however short its bars are. */}
      <rect class="run-place" x={x} y={0} width={STEP} height={wholeHeight(most)} />
      <rect class="run-time" x={x + 2} y={UP - up} width={BAR} height={up} />
      <rect class="run-rejects" x={x + 2} y={UP + GAP} width={BAR} height={down} />
      {isThis && <path class="run-mark" d={`M${x + 4} ${UP - up - 7}h11l-5.5 5z`} />}
    </a>
  )
}

/** Without rejects there is no space for their bars. */
function wholeHeight({ share }: Maxima): number {
  return UP + GAP + (share > 0 ? DOWN : 0)
}

/** A value above zero stays visible. */
function heightOf(value: number, most: number, height: number): number {
  return value === 0 ? 0 : Math.max(MIN_HEIGHT, Math.round((value / most) * height))
}

function shareOf({ counters: { processed, rejects } }: ListedJob): number {
  return processed === 0 ? 0 : rejects / processed
}

function share(ui: Ui, value: number): string {
  return value === 0 ? formatPercent(ui.language, 0) : formatShare(ui.language, value)
}

/** Fewer make no rule. */
const LEAST_RUNS = 3

/** The medians of the earlier runs. */
function mediansText(ui: Ui, before: Run[]): string {
  if (before.length < LEAST_RUNS) return ''
  return fill(ui.text.jobPage.runs.usual, {
    time: formatShortTime(ui.language, median(before.map(({ time }) => time))),
    share: share(ui, median(before.map((run) => run.share))),
  })
}
