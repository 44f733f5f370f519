import type { LineRanges as Found } from '../../src/engine/repair/line-ranges.ts'
import { fill } from '../../src/i18n/console.ts'
import { lineText, number, type Ui } from '../ground/ui.ts'

type LineRangesProps = Found & {
  ui: Ui
  /** The name of the file that a record is in, where they are several. */
  fileOf: ((record: number) => string) | undefined
}

/** The lines on which rejected records begin, such as `4–19, 25`. */
export function LineRanges({ ui, ranges, more, fileOf }: LineRangesProps) {
  const words = ranges.map(({ from, to, record }) => {
    const first = lineText(ui, from, fileOf?.(record))
    return from === to ? first : `${first}–${number(ui, to)}`
  })
  const { repair } = ui.text
  return <>{fill(more ? repair.linesAndMore : '{lines}', { lines: words.join(', ') })}</>
}
