import { TRANSFORM_KEYS } from '../../../src/domain/specification/fields/named-transforms.ts'
import { fill } from '../../../src/i18n/console.ts'
import type { Ui } from '../../ground/ui.ts'
import type { AssistantColumn } from './column-row.ts'
import { FormatDetails } from './format-details.tsx'

type ChoiceProps = { ui: Ui; row: AssistantColumn; index: number }

/** How the values of a column are written: asked where they could be read in two ways. */
export function FormatChoice({ ui, row, index }: ChoiceProps) {
  const { columns } = ui.text.assistant
  if (row.formats.length === 0 && row.format === '') return null
  return (
    <>
      <select
        class="input"
        name={`format-${index}`}
        aria-label={fill(columns.formatOf, { name: row.name })}
        aria-invalid={row.ambiguous === undefined ? undefined : 'true'}
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
      <FormatDetails ui={ui} row={row} index={index} />
    </>
  )
}

/** A change of the texts before anything else is done with them. */
export function TransformChoice({ ui, row, index }: ChoiceProps) {
  const { columns } = ui.text.assistant
  if (row.field === '') return null
  return (
    <details class="row-more" id={`more-${index}`} open={row.transform !== ''}>
      <summary>{columns.change}</summary>{' '}
      <select
        class="input"
        name={`transform-${index}`}
        aria-label={fill(columns.changeOf, { name: row.name })}
      >
        <option value="">{columns.asItIs}</option>
        {row.transform === 'own' && (
          <option value="own" selected>
            {columns.own}
          </option>
        )}
        {TRANSFORM_KEYS.map((key) => (
          <option value={key} selected={key === row.transform}>
            {columns.transforms[key]}
          </option>
        ))}
      </select>
    </details>
  )
}
