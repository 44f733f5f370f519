import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import type { Counters } from '../../src/domain/jobs/counters.ts'
import type { Sample } from '../../src/domain/jobs/pace.ts'

/** How far a job was after some milliseconds of running. */
export type Point = Pick<Sample, 'running_ms' | 'processed' | 'rejects'>
/** `at` is where it stands in the drawing, in its units. */
export type Tick = { value: number; at: number }
/** A line, where it ends, and where the words stand that name it. */
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
/** The names of two lines that end close to each other stand apart by this. */
const LABEL_HEIGHT = 16

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** What a clock divides evenly; below these, seconds are decimal numbers. */
const STEPS = [15 * SECOND, 30 * SECOND]
  .concat([1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE))
  .concat([1, 2, 3, 6, 12].map((hours) => hours * HOUR))

/** Up to here a running time is told in seconds. */
const MOST_IN_SECONDS = 2 * MINUTE

/**
 * The points of a run from its beginning to what is known last: that of the counters, which are
 * ahead of the last sample. They follow one another in time, each at its own.
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

/** Where lines and ticks stand in the box; undefined where nothing was processed or no time went by. */
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
    // Nobody has read half a record.
    y: y
      .ticks(Y_TICKS)
      .filter(Number.isInteger)
      .map((value) => ({ value, at: round(y(value)) })),
    ...apart(
      curve(({ processed }) => processed),
      curve(({ rejects }) => rejects),
    ),
  }
}

const NO_POINT: Point = { running_ms: 0, processed: 0, rejects: 0 }

/** A tenth of a unit is less than a printer can show. */
function round(place: number): number {
  return Math.round(place * 10) / 10
}

/** Round running times from 0 to `duration`, both in milliseconds. */
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
  if (duration <= MOST_IN_SECONDS) return 'seconds'
  return duration < HOUR ? 'minutes' : 'hours'
}

function daysStep(duration: number): number {
  return Math.ceil(duration / DAY / X_TICKS) * DAY
}

/** The line above keeps its name above. */
function apart(processed: Curve, rejects: Curve) {
  const overlap = LABEL_HEIGHT - (rejects.end.y - processed.end.y)
  if (overlap <= 0) return { processed, rejects }
  return {
    processed: { ...processed, labelY: processed.end.y - overlap / 2 },
    rejects: { ...rejects, labelY: rejects.end.y + overlap / 2 },
  }
}
