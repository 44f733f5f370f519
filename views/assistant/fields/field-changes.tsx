import { MOST_TRANSFORMS } from '../../../src/domain/specification/fields/transforms.ts'
import { CHANGE_KINDS } from '../../../src/domain/specification/fields/typed-transforms.ts'
import { fill } from '../../../src/i18n/console.ts'
import type { Ui } from '../../ground/ui.ts'
import { marked } from './faulty.tsx'
import { Options, type FieldForm } from './field-inputs.tsx'

/** Rows for changes that are not there yet. */
const FREE_ROWS = 2

/** What becomes of the text of a field, step by step; rows that are free wait for more. */
export function FieldChanges(props: FieldForm & { ui: Ui; name: string }) {
  const { ui, row, name, answers, faulty } = props
  const { assistantFields: words } = ui.text
  const places = Array.from({ length: MOST_TRANSFORMS }, (_, at) => at + 1)
  const last = places.findLast((place) => answers[`change-${place}`]) ?? 0
  const named = (text: string, n: number) => fill(text, { n, name })
  return (
    <div class="changes">
      {places.slice(0, last + FREE_ROWS).map((place) => (
        <div class="condition">
          <select
            class="input"
            {...marked(faulty, `change-${row}-${place}`)}
            aria-label={named(words.change, place)}
          >
            <Options
              choices={[
                ['', words.noChange],
                ...CHANGE_KINDS.map((key) => [key, words.changeKinds[key]] as const),
              ]}
              chosen={answers[`change-${place}`]}
            />
          </select>{' '}
          {(['first', 'second'] as const).map((which) => (
            <>
              {' '}
              <input
                type="text"
                class="input"
                {...marked(faulty, `${which}-${row}-${place}`)}
                value={answers[`${which}-${place}`] ?? ''}
                aria-label={named(words.changeTexts[which], place)}
                autocomplete="off"
              />
            </>
          ))}{' '}
          <span class="moves">
            {(['up', 'down'] as const)
              .filter((way) => place <= last && (way === 'up' ? place > 1 : place < last))
              .map((way) => (
                <>
                  <button
                    type="submit"
                    class="button"
                    name="move"
                    value={`${row} ${place} ${way}`}
                    formaction="?act=again"
                    aria-label={named(way === 'up' ? words.moveUp : words.moveDown, place)}
                  >
                    {way === 'up' ? '↑' : '↓'}
                  </button>{' '}
                </>
              ))}
          </span>
        </div>
      ))}
      <p class="field-hint">{words.changesHint}</p>
    </div>
  )
}
