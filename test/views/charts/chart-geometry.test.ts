import { expect, test } from 'vitest'
import { chartGeometry, pointsOf, timeTicks } from '../../../views/charts/chart-geometry.ts'

const BOX = { left: 50, right: 650, top: 20, bottom: 220 }
const AT = '2026-01-31T12:00:00.000Z'
const sample = (running_ms: number, processed: number, rejects = 0) => ({
  running_ms,
  at: AT,
  processed,
  rejects,
})

/** The places of a path of straight lines. */
const placesIn = (path: string) =>
  path
    .slice(1)
    .split('L')
    .map((place) => place.split(',').map(Number))

test('a run begins at nothing and ends at the counters, which are ahead of the last sample', () => {
  const counters = { processed: 90, rejects: 7 }
  expect(pointsOf([sample(1_000, 40, 2)], counters, 2_000)).toEqual([
    { running_ms: 0, processed: 0, rejects: 0 },
    sample(1_000, 40, 2),
    { running_ms: 2_000, processed: 90, rejects: 7 },
  ])
  expect(pointsOf([], counters, 500)).toHaveLength(2)
  expect(pointsOf([sample(0, 5), sample(500, 90)], counters, 500)).toEqual([
    sample(0, 5),
    { running_ms: 500, processed: 90, rejects: 7 },
  ])
})

test('lines stand where the scales say', () => {
  const points = pointsOf([sample(1_000, 50, 0)], { processed: 100, rejects: 10 }, 2_000)
  const geometry = chartGeometry(points, BOX)
  expect(geometry?.processed.path).toBe('M50,220L350,120L650,20')
  expect(geometry?.rejects.path).toBe('M50,220L350,220L650,200')
  expect(geometry?.y.map(({ value, at }) => [value, at])).toEqual([
    [0, 220],
    [20, 180],
    [40, 140],
    [60, 100],
    [80, 60],
    [100, 20],
  ])
})

test('lines of many samples rise, from left to right, and stay in the box', () => {
  const samples = Array.from({ length: 400 }, (_, at) => sample(at * 7_919, at * at, at % 400))
  const points = pointsOf(samples, { processed: 170_000, rejects: 500 }, 4_000_000)
  const geometry = chartGeometry(points, BOX)
  for (const curve of [geometry?.processed, geometry?.rejects]) {
    const places = placesIn(curve?.path ?? '')
    expect(places).toHaveLength(401)
    places.forEach(([x = NaN, y = NaN], at) => {
      const [before = BOX.left, above = BOX.bottom] = places[at - 1] ?? []
      expect(x).toBeGreaterThanOrEqual(before)
      expect(y).toBeLessThanOrEqual(above)
      expect(x).toBeLessThanOrEqual(BOX.right)
      expect(y).toBeGreaterThanOrEqual(BOX.top)
    })
  }
})

test('where nothing was processed or no time went by, there is nothing to draw', () => {
  expect(chartGeometry(pointsOf([], { processed: 0, rejects: 0 }, 5_000), BOX)).toBeUndefined()
  expect(chartGeometry(pointsOf([], { processed: 3, rejects: 0 }, 0), BOX)).toBeUndefined()
})

test('records are whole on the axis, however few there are', () => {
  const geometry = chartGeometry(pointsOf([], { processed: 1, rejects: 1 }, 100), BOX)
  expect(geometry?.y.map(({ value }) => value)).toEqual([0, 1])
})

test('the names of lines that end together stand apart, that of the upper line above', () => {
  const geometry = chartGeometry(pointsOf([], { processed: 100, rejects: 100 }, 1_000), BOX)
  const [upper = NaN, lower = NaN] = [geometry?.processed.labelY, geometry?.rejects.labelY]
  expect(lower - upper).toBe(16)
})

test.each([
  [300, [0, 50, 100, 150, 200, 250, 300]],
  [7_000, [0, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000]],
  [10 * 60_000, [0, 2, 4, 6, 8, 10].map((minutes) => minutes * 60_000)],
  [5 * 3_600_000, [0, 1, 2, 3, 4, 5].map((hours) => hours * 3_600_000)],
  [20 * 86_400_000, [0, 3, 6, 9, 12, 15, 18].map((days) => days * 86_400_000)],
])('a run of %i ms is divided as a clock is', (duration, ticks) => {
  expect(timeTicks(duration)).toEqual(ticks)
})
