import type { ListedJob } from '../../domain/jobs/job.ts'
import { barOf, PARTS } from '../../domain/jobs/outcome.ts'

const WIDTH = 20
const SIGNS = { written: '#', kept: '=', rejected: 'x', unprocessed: '.' }

/** The outcome of the records as a text bar; a dry run shows "~" instead of "#". */
export function outcomeBar(job: ListedJob): string {
  const bar = barOf(job)
  const signs = job.dry_run ? { ...SIGNS, written: '~' } : SIGNS
  const cells = PARTS.map((part) => ({
    sign: signs[part],
    count: bar[part] === 0 ? 0 : Math.max(1, Math.round(bar[part] * WIDTH)),
  }))
  // The longest part absorbs the rounding error.
  const longest = cells.reduce((most, cell) => (cell.count > most.count ? cell : most))
  longest.count += WIDTH - cells.reduce((sum, { count }) => sum + count, 0)
  return `[${cells.map(({ sign, count }) => sign.repeat(count)).join('')}]`
}
