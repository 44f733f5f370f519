import type { LineRange } from '../../src/engine/repair/line-ranges.ts'
import { fill } from '../../src/i18n/console.ts'
import { number, type Ui } from '../ground/ui.ts'

/** The lines on which rejected records begin, such as `4–19, 25`. */
export function LineRanges({ ui, ranges, more }: { ui: Ui; ranges: LineRange[]; more: boolean }) {
  const words = ranges.map(({ from, to }) =>
    from === to ? number(ui, from) : `${number(ui, from)}–${number(ui, to)}`,
  )
  const { repair } = ui.text
  return <>{fill(more ? repair.linesAndMore : '{lines}', { lines: words.join(', ') })}</>
}
