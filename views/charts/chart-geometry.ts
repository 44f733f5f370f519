import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import type { Counters } from '../../src/domain/jobs/counters.ts'
import type { Sample } from '../../src/domain/jobs/pace.ts'

/** The progress of a job after some milliseconds of running. */
export type Point = Pick<Sample, 'running_ms' | 'processed' | 'rejects'>
/** A tick of an axis; `at` is its position in drawing units. */
export type Tick = { value: number; at: number }
/** A line of the chart, its end, and the vertical position of its label. */
export type Curve = { path: string; end: { x: number; y: number }; labelY: number }
export type Box = { left: number; right: number; top: number; bottom: number }

export type ChartGeometry = {
  x: Tick[]
  y: Tick[]
  processed: Curve
  rejects: Curve
}

const Y_TICKS = 4
const X_TICKS = 8
/** Minimum vertical distance between two labels. */
const LABEL_HEIGHT = 16

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Tick intervals that divide clock times evenly; shorter times have decimal seconds. */
const STEPS = [15 * SECOND, 30 * SECOND]
  .concat([1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE))
  .concat([1, 2, 3, 6, 12].map((hours) => hours * HOUR))

/** The longest running time shown in seconds. */
const MAX_IN_SECONDS = 2 * MINUTE

/**
 * The points of a run in order of time, from zero to the present counters, which are newer than the
 * last sample. No two have the same time.
 */
export function pointsOf(
  samples: Sample[],
  { processed, rejects }: Pick<Counters, 'processed' | 'rejects'>,
  duration: number,
): Point[] {
  const known = [{ running_ms: 0, processed: 0, rejects: 0 }, ...samples]
  const last = { running_ms: duration, processed, rejects }
  const points = known.filter(
    ({ running_ms }, at) =>
      running_ms < duration && running_ms < (known[at + 1]?.running_ms ?? duration),
  )
  return [...points, last]
}

/**
 * Positions of lines and ticks in the box; undefined if nothing was processed or no time has
 * passed.
 */
export function chartGeometry(points: Point[], box: Box): ChartGeometry | undefined {
  const duration = points.at(-1)?.running_ms ?? 0
  const most = Math.max(...points.map(({ processed }) => processed))
  if (duration <= 0 || most <= 0) return undefined

  const x = scaleLinear([0, duration], [box.left, box.right])
  const y = scaleLinear([0, most], [box.bottom, box.top]).nice(Y_TICKS)
  const curve = (valueOf: (point: Point) => number) => {
    const draw = line<Point>(
      (point) => x(point.running_ms),
      (point) => y(valueOf(point)),
    ).digits(1)
    const end = { x: box.right, y: round(y(valueOf(points.at(-1) ?? NO_POINT))) }
    return { path: draw(points) ?? '', end, labelY: end.y }
  }
  return {
    x: timeTicks(duration).map((value) => ({ value, at: round(x(value)) })),
    // Only whole records.
    y: y
      .ticks(Y_TICKS)
      .filter(Number.isInteger)
      .map((value) => ({ value, at: round(y(value)) })),
    ...separateLabels(
      curve(({ processed }) => processed),
      curve(({ rejects }) => rejects),
    ),
  }
}

const NO_POINT: Point = { running_ms: 0, processed: 0, rejects: 0 }

/** Rounds to a tenth of a unit, which is finer than print. */
function round(place: number): number {
  return Math.round(place * 10) / 10
}

/** Round running times from 0 to `duration`, in milliseconds. */
export function timeTicks(duration: number): number[] {
  if (timeUnit(duration) === 'seconds') {
    return scaleLinear([0, duration / SECOND], [0, 1])
      .ticks(X_TICKS)
      .map((seconds) => Math.round(seconds * SECOND))
  }
  const step = STEPS.find((one) => duration / one <= X_TICKS) ?? daysStep(duration)
  return Array.from({ length: Math.floor(duration / step) + 1 }, (_, at) => at * step)
}

export function timeUnit(duration: number): 'seconds' | 'minutes' | 'hours' {
  if (duration <= MAX_IN_SECONDS) return 'seconds'
  return duration < HOUR ? 'minutes' : 'hours'
}

function daysStep(duration: number): number {
  return Math.ceil(duration / DAY / X_TICKS) * DAY
}

/** Moves overlapping labels apart; the upper line keeps the upper label. */
function separateLabels(processed: Curve, rejects: Curve) {
  const overlap = LABEL_HEIGHT - (rejects.end.y - processed.end.y)
  if (overlap <= 0) return { processed, rejects }
  return {
    processed: { ...processed, labelY: processed.end.y - overlap / 2 },
    rejects: { ...rejects, labelY: rejects.end.y + overlap / 2 },
  }
}
