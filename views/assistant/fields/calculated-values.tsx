import { fill } from '../../../src/i18n/console.ts'
import { shown } from '../../../src/i18n/shown.ts'
import { number, type Ui } from '../../ground/ui.ts'

/** What the expression of a field gives for the first records. */
export type CalculatedValues = {
  examples: string[]
  /** Number of records that were calculated. */
  checked: number
  misfits: number
  /** What is wrong in some of them. */
  faults: { line: number; sentence: string }[]
  /** Why nothing is calculated. */
  problem: string | undefined
}

export function Calculated(props: CalculatedValues & { ui: Ui }) {
  const { ui, examples, checked, misfits, faults, problem } = props
  const { assistant, assistantFields: words } = ui.text
  if (problem !== undefined) return <p class="calculated misfits">{problem}</p>
  const n = number(ui, misfits)
  return (
    <div class="calculated">
      <span class="quiet">
        {fill(words.calculated, { n: number(ui, checked) })}
        {examples.length > 0 && `: ${examples.map(shown).join(' · ')}`}
      </span>{' '}
      {misfits === 0 ? (
        <span class="fits">✓ {assistant.columns.allFit}</span>
      ) : (
        <>
          <span class="misfits">{fill(assistant.columns.misfits, { n })}:</span>{' '}
          <ul class="misfit-list">
            {faults.map(({ line, sentence }) => (
              <li>
                {sentence}{' '}
                <span class="quiet">
                  ({fill(assistant.columns.line, { line: number(ui, line) })})
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
