import { STAMPS } from '../../../src/domain/specification/fields/value-source.ts'
import { fill } from '../../../src/i18n/console.ts'
import { shown } from '../../../src/i18n/shown.ts'
import type { Ui } from '../../ground/ui.ts'

/** A field that no column fills, and what fills it instead. */
export type MadeField = { field: string; from: string; text: string }

const SOURCES = ['', 'fixed', 'template', ...STAMPS] as const

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
  const { field, from, text } = made
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
    </div>
  )
}
