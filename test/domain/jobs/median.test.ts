import { expect, test } from 'vitest'
import { median } from '../../../src/domain/jobs/median.ts'

test.each([
  [[3, 1, 20], 3],
  [[40, 1, 3, 2], 2.5],
  [[7], 7],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected)
})
