import type { Job } from '../../src/domain/jobs/job.ts'
import { durationOf } from '../../src/domain/jobs/job.ts'
import type { Sample } from '../../src/domain/jobs/pace.ts'
import { counterLabel } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { formatDuration, formatShortTime } from '../../src/i18n/format.ts'
import { number, type Ui } from '../ground/ui.ts'
import { chartGeometry, pointsOf, timeUnit, type Curve, type Tick } from './chart-geometry.ts'

/** Minimum duration for a chart: with a point per second, a shorter line shows only its ends. */
const MIN_MS = 2_000
const WIDTH = 720
const HEIGHT = 270
const TOP = 26
const BOTTOM = HEIGHT - 44
/** Maximum width of a character in drawing units; the longest number sets the margins. */
const CHARACTER = 7
/** The same for bold text. */
const BOLD_CHARACTER = 8.2
const GAP = 8

/**
 * The progress of the job over time: two lines that differ in stroke and marker, each labelled at
 * its end.
 */
export function RecordsChart({ ui, job, samples }: { ui: Ui; job: Job; samples: Sample[] }) {
  const { counters } = job
  const duration = durationOf(job, ui.now)
  const names = {
    processed: `${counterLabel(ui.language, 'processed')} ${number(ui, counters.processed)}`,
    rejects: `${counterLabel(ui.language, 'rejects')} ${number(ui, counters.rejects)}`,
  }
  const longest = Math.max(names.processed.length, names.rejects.length)
  const box = {
    left: GAP + CHARACTER * (number(ui, counters.processed).length + 2),
    right: WIDTH - 2 * GAP - BOLD_CHARACTER * longest,
    top: TOP,
    bottom: BOTTOM,
  }
  const geometry = chartGeometry(pointsOf(samples, counters, duration), box)
  const { chart: text } = ui.text.report
  if (geometry === undefined) return <p>{text.nothing}</p>
  if (duration < MIN_MS) {
    return <p>{fill(text.short, { time: formatShortTime(ui.language, duration) })}</p>
  }

  const description = fill(job.dry_run ? text.wouldDescription : text.description, {
    time: formatDuration(duration),
    processed: number(ui, counters.processed),
    rejects: number(ui, counters.rejects),
  })
  const unit = timeUnit(duration)
  return (
    // On small screens it scrolls, also by keyboard.
    <div class="chart-frame" tabindex={0} role="group" aria-label={text.title}>
      <svg
        class="chart"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-labelledby="chart-title chart-description"
      >
        <title id="chart-title">{text.title}</title>
        <desc id="chart-description">{description}</desc>
        <text x={box.left} y={12}>
          {text.records}
        </text>
        {geometry.y.map(({ value, at }) => (
          <g>
            <line class="chart-grid" x1={box.left} x2={box.right} y1={at} y2={at} />
            <text x={box.left - GAP} y={at + 4} text-anchor="end">
              {number(ui, value)}
            </text>
          </g>
        ))}
        {geometry.x.map((tick) => (
          <TimeTick tick={tick} words={timeWords(ui, unit, tick.value)} />
        ))}
        <line class="chart-axis" x1={box.left} x2={box.right} y1={BOTTOM} y2={BOTTOM} />
        <text x={(box.left + box.right) / 2} y={HEIGHT - 6} text-anchor="middle">
          {text[unit]}
        </text>
        <path class="chart-processed" d={geometry.processed.path} />
        <path class="chart-rejects" d={geometry.rejects.path} />
        <Disc curve={geometry.processed} />
        <Square curve={geometry.rejects} />
        <Name curve={geometry.processed} name={names.processed} />
        <Name curve={geometry.rejects} name={names.rejects} />
      </svg>
    </div>
  )
}

function TimeTick({ tick: { at }, words }: { tick: Tick; words: string }) {
  return (
    <g>
      <line class="chart-axis" x1={at} x2={at} y1={BOTTOM} y2={BOTTOM + 5} />
      <text x={at} y={BOTTOM + 18} text-anchor="middle">
        {words}
      </text>
    </g>
  )
}

function timeWords(ui: Ui, unit: ReturnType<typeof timeUnit>, milliseconds: number): string {
  return unit === 'seconds' ? number(ui, milliseconds / 1000) : formatDuration(milliseconds)
}

function Disc({ curve: { end } }: { curve: Curve }) {
  return <circle class="chart-mark" cx={end.x} cy={end.y} r={4} />
}

function Square({ curve: { end } }: { curve: Curve }) {
  return <rect class="chart-mark-open" x={end.x - 4} y={end.y - 4} width={8} height={8} />
}

function Name({ curve: { end, labelY }, name }: { curve: Curve; name: string }) {
  return (
    <text class="chart-name" x={end.x + GAP + 2} y={labelY + 4}>
      {name}
    </text>
  )
}
