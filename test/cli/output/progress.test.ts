import { expect, test } from 'vitest'
import { noCounters } from '../../../src/domain/jobs/counters.ts'
import type { Batch } from '../../../src/domain/jobs/batch.ts'
import { progressLine, startProgress } from '../../../src/cli/output/progress.ts'
import { formatDuration } from '../../../src/i18n/format.ts'

function aBatch(processed: number, bytesRead: number): Batch {
  return {
    counters: { ...noCounters(), processed, rejects: 7 },
    total: null,
    checkpoint: { offset: bytesRead, line: 1, record: processed, memo: null },
    bytesRead,
    rejects: [],
    journal: [],
    file: { size: 1_000 },
  }
}

test('the line tells share, records, rejects, speed and the time that is left', () => {
  expect(progressLine(aBatch(0, 0), aBatch(3_000, 250), 2_000, 'en')).toBe(
    '[#####...............] 25%  3,000 records  7 rejects  1,500/s  0:06 left',
  )
})

test('what is postponed is not done', () => {
  const batch = aBatch(3_000, 500)
  const postponed = { ...batch, checkpoint: { ...batch.checkpoint, record: 6_000 } }
  expect(progressLine(aBatch(0, 0), postponed, 2_000, 'en')).toContain('] 25%  3,000 records')
  const again = { ...postponed, bytesRead: 1_000, total: 6_000 }
  expect(progressLine(aBatch(0, 0), again, 2_000, 'en')).toContain('] 50%  3,000 records')
})

test('a run that goes on tells its own speed', () => {
  const line = progressLine(aBatch(10_000, 500), aBatch(11_000, 750), 1_000, 'en')
  expect(line).toContain('1,000/s  0:01 left')
})

test('on a terminal there is one line, cleaned at the end; elsewhere nothing', () => {
  for (const isTTY of [true, false]) {
    const written: string[] = []
    const write = (text: string | Uint8Array) => written.push(String(text)) > 0
    const progress = startProgress({ isTTY, columns: 40, write }, () => 0, 'en')
    progress.batch(aBatch(1, 1))
    progress.clear()
    expect(written.join('')).not.toContain('\n')
    if (isTTY) expect(written.at(-1)).toBe('\r\x1b[K')
    else expect(written).toEqual([])
  }
})

test('times are short', () => {
  expect([7_000, 750_000, 3_723_000].map(formatDuration)).toEqual(['0:07', '12:30', '1:02:03'])
})
