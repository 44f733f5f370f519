import { STAMPS } from '../../../src/domain/specification/fields/value-source.ts'
import { fill } from '../../../src/i18n/console.ts'
import { shown } from '../../../src/i18n/shown.ts'
import { number, type Ui } from '../../ground/ui.ts'

/** A field that no column fills, and what fills it instead. */
export type MadeField = {
  field: string
  from: string
  text: string
  calculated?: CalculatedValues | undefined
}

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

const SOURCES = ['', 'fixed', 'template', 'expression', ...STAMPS] as const

/** What fills the fields that no column fills; open where something does. */
export function MadeFields({ ui, made }: { ui: Ui; made: MadeField[] }) {
  const { assistantFields: words } = ui.text
  if (made.length === 0) return null
  return (
    <details class="form-more" id="more-made" open={made.some(({ from }) => from !== '')}>
      <summary>{words.made}</summary>
      <div class="folded">
        {made.map((one, index) => (
          <MadeRow ui={ui} made={one} index={index} />
        ))}
      </div>
    </details>
  )
}

function MadeRow({ ui, made, index }: { ui: Ui; made: MadeField; index: number }) {
  const { assistantFields: words } = ui.text
  const { field, from, text, calculated } = made
  return (
    <div class="condition">
      <input type="hidden" name={`made-${index}`} value={field} />
      <span class="made-name">{shown(field)}</span>{' '}
      <select class="input" name={`from-${index}`} aria-label={fill(words.fromOf, { name: field })}>
        {[...SOURCES, ...(from === 'own' ? (['own'] as const) : [])].map((source) => (
          <option value={source} selected={source === from}>
            {words.from[source]}
          </option>
        ))}
      </select>{' '}
      <input
        type="text"
        class="input"
        name={`text-${index}`}
        value={text}
        aria-label={fill(words.textOf, { name: field })}
        autocomplete="off"
      />
      {calculated !== undefined && <Calculated ui={ui} {...calculated} />}
    </div>
  )
}

function Calculated(props: CalculatedValues & { ui: Ui }) {
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
