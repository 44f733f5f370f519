import { fill } from '../../../src/i18n/console.ts'
import type { Ui } from '../../ground/ui.ts'
import { marked, type Faulty } from './faulty.tsx'
import type { ValueFormats } from './column-row.ts'
import { FormatDetails } from './format-details.tsx'

type ChoiceProps = {
  ui: Ui
  /** How a column, or what fills a field otherwise, is written. */
  row: ValueFormats & { name: string }
  /** The end of the name of the input. */
  at: string
  faulty?: Faulty | undefined
}

/** How the values of a column are written: asked where they could be read in two ways. */
export function FormatChoice({ ui, row, at, faulty }: ChoiceProps) {
  const { columns } = ui.text.assistant
  if (row.formats.length === 0 && row.format === '') return null
  return (
    <>
      <select
        class="input"
        {...marked(faulty, `format-${at}`)}
        {...(row.ambiguous === undefined ? {} : { 'aria-invalid': 'true' })}
        aria-label={fill(columns.formatOf, { name: row.name })}
      >
        <option value="">{row.ambiguous === undefined ? columns.asItIs : columns.choose}</option>
        {row.format === 'own' && (
          <option value="own" selected>
            {columns.own}
          </option>
        )}
        {row.formats.map((key) => (
          <option value={key} selected={key === row.format}>
            {columns.formats[key]}
          </option>
        ))}
      </select>{' '}
      {row.isFormatGuessed && <span class="guessed">{columns.guessed}</span>}
      {row.ambiguous !== undefined && (
        <span class="misfits">{columns.ambiguous[row.ambiguous]}</span>
      )}
      <FormatDetails ui={ui} row={row} at={at} faulty={faulty} />
    </>
  )
}
