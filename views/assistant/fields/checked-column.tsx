import { fill } from '../../../src/i18n/console.ts'
import { shown } from '../../../src/i18n/shown.ts'
import { number, type Ui } from '../../ground/ui.ts'
import type { AssistantColumn } from './column-row.ts'

type CheckedProps = { ui: Ui; row: AssistantColumn; checked: number; unreadable: number }

/** The format in which more of the records that can be read would fit. */
function Better({ ui, row, checked, unreadable }: CheckedProps) {
  const { columns } = ui.text.assistant
  const { better, misfits } = row
  if (better === undefined) return null
  const formats = better.keys.map((key) => fill(columns.quoted, { format: columns.formats[key] }))
  const words = {
    n: number(ui, checked - unreadable),
    fitting: number(ui, checked - unreadable - misfits),
    better: number(ui, better.fitting),
    formats: formats.join(columns.or),
  }
  return <p class="better">{fill(columns.better, words)}</p>
}

function Shortened({ ui, row: { shortened } }: Pick<CheckedProps, 'ui' | 'row'>) {
  const [example = ''] = shortened
  if (example === '') return null
  const words = { n: number(ui, shortened.length), example: shown(example) }
  return <p class="shortened misfits">{fill(ui.text.assistantFields.shortened, words)}</p>
}

/** How many of the first values fit, with examples of those that do not. */
export function CheckedColumn({ ui, row, checked, unreadable }: CheckedProps) {
  const { columns } = ui.text.assistant
  if (row.field === '' || unreadable === checked) return <span class="quiet">–</span>
  if (row.misfits === 0) {
    return row.shortened.length > 0 ? (
      <Shortened ui={ui} row={row} />
    ) : (
      <span class="fits">✓ {columns.allFit}</span>
    )
  }
  return (
    <>
      <span class="misfits">{fill(columns.misfits, { n: number(ui, row.misfits) })}:</span>{' '}
      <ul class="misfit-list">
        {row.faults.map(({ file, line, value, sentence }) => (
          <li title={sentence}>
            <mark>{value.trim() === '' ? ui.text.assistantFields.emptyValue : shown(value)}</mark>{' '}
            <span class="quiet">
              ({file !== undefined && `${shown(file)}, `}
              {fill(columns.line, { line: number(ui, line) })})
            </span>
          </li>
        ))}
      </ul>
      <Better ui={ui} row={row} checked={checked} unreadable={unreadable} />
      <Shortened ui={ui} row={row} />
    </>
  )
}
