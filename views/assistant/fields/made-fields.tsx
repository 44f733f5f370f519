import type { ColumnType } from '../../../src/domain/records/table.ts'
import { STAMPS } from '../../../src/domain/specification/fields/value-source.ts'
import { fill } from '../../../src/i18n/console.ts'
import { shown } from '../../../src/i18n/shown.ts'
import type { Ui } from '../../ground/ui.ts'
import { isFaultyAt, marked, type Faulty } from './faulty.tsx'
import { Calculated, type CalculatedValues } from './calculated-values.tsx'
import type { ValueFormats } from './column-row.ts'
import { policyChoices } from './field-checks.tsx'
import { ChoiceInput, Options, Tick } from './field-inputs.tsx'
import { FoldedField, isOpen, type FoldedFieldProps } from './folded-field.tsx'
import { TypeChoice } from './type-choice.tsx'
import { FormatChoice } from './value-choices.tsx'

/** A field that no column fills, and what fills it instead. */
export type MadeField = {
  field: string
  from: string
  text: string
  /** The name that it has so far; empty: it is not there yet. */
  was: string
  type: ColumnType | undefined
  formats: ValueFormats
  /** The column that filled it, and that the file lacks. */
  lost?: string | undefined
  calculated?: CalculatedValues | undefined
  /** What else is said of it; its answers have the tick of the key, and what becomes of misfits. */
  folded: FoldedFieldProps
}

const SOURCES = ['', 'fixed', 'template', 'expression', ...STAMPS] as const

/** Of the row itself; the inputs of what else is said of it end otherwise. */
const MADE_INPUTS = /^(made|from|text)$/

type MadeProps = {
  ui: Ui
  /** A table that is made takes any names. */
  isNew: boolean
}

/** What fills the fields that no column fills; open where something does. */
export function MadeFields({ ui, isNew, made }: MadeProps & { made: MadeField[] }) {
  const { assistantFields: words } = ui.text
  if (made.length === 0) return null
  const isUsed = made.some(
    ({ from, lost, folded }, index) =>
      from !== '' ||
      lost !== undefined ||
      isOpen(folded) ||
      isFaultyAt(folded.faulty, String(index), MADE_INPUTS),
  )
  return (
    <details class="form-more" id="more-made" open={isUsed}>
      <summary>{isNew ? words.madeOfNew : words.made}</summary>
      <div class="folded">
        {made.map((one, index) => (
          <MadeRow ui={ui} isNew={isNew} made={one} index={index} />
        ))}
      </div>
    </details>
  )
}

function MadeRow({ ui, isNew, made, index }: MadeProps & { made: MadeField; index: number }) {
  const { assistantFields: words } = ui.text
  const { field, from, text, was, lost, calculated, folded } = made
  const name = field === '' ? fill(words.freeField, { n: index + 1 }) : field
  return (
    <div class="condition">
      {isNew ? (
        <input
          type="text"
          class="input"
          {...marked(folded.faulty, `made-${index}`)}
          value={field}
          aria-label={fill(words.nameOf, { n: index + 1 })}
          placeholder={words.nameHint}
          autocomplete="off"
        />
      ) : (
        <span class="made-name">{shown(field)}</span>
      )}{' '}
      {!isNew && <input type="hidden" name={`made-${index}`} value={field} />}
      <input type="hidden" name={`was-${folded.row}`} value={was} />
      <select
        class="input"
        {...marked(folded.faulty, `from-${index}`, lost && `lost-${index}`)}
        aria-label={fill(words.fromOf, { name })}
      >
        <Options choices={SOURCES.map((key) => [key, words.from[key]])} chosen={from} />
      </select>{' '}
      <SourceText
        from={from}
        text={text}
        faulty={folded.faulty}
        name={`text-${index}`}
        label={fill(words.textOf, { name })}
      />{' '}
      {lost !== undefined && (
        <p class="misfits" id={`lost-${index}`}>
          {fill(words.lost, { column: lost })}
        </p>
      )}{' '}
      {calculated !== undefined && <Calculated ui={ui} {...calculated} />}
      <FoldedField ui={ui} {...folded} title={fill(words.moreOfMade, { name: shown(name) })}>
        <MadeOptions ui={ui} isNew={isNew} made={made} />
      </FoldedField>
    </div>
  )
}

const MOST_LINES = 12

type SourceTextProps = Record<'from' | 'text' | 'name' | 'label', string> & {
  faulty: Faulty | undefined
}

/** A text of several lines, as an expression may have, keeps them all. */
function SourceText(props: SourceTextProps) {
  const { from, text, faulty, name, label } = props
  const lines = text.split(/\r\n?|\n/).length
  const input = marked(faulty, name)
  if (from !== 'expression' && lines === 1) {
    return (
      <input
        type="text"
        class="input"
        {...input}
        value={text}
        aria-label={label}
        autocomplete="off"
      />
    )
  }
  return (
    <textarea class="input" {...input} rows={Math.min(lines, MOST_LINES)} aria-label={label}>
      {/* The first end of a line belongs to the markup. */}
      {`\n${text}`}
    </textarea>
  )
}

/** What the table of columns asks of the others. */
function MadeOptions({ ui, isNew, made }: MadeProps & { made: MadeField }) {
  const { columns } = ui.text.assistant
  const { type, formats, folded } = made
  const { row, field: name } = folded
  return (
    <div class="form-columns">
      <Tick {...folded} name="key" words={columns.key} />{' '}
      {isNew && (
        <div class="form-field">
          <b>{columns.type}</b>{' '}
          <TypeChoice ui={ui} row={{ name, type }} at={row} isNew={isNew} faulty={folded.faulty} />
        </div>
      )}{' '}
      {(formats.formats.length > 0 || formats.format !== '') && (
        <div class="form-field">
          <b>{ui.text.assistantFields.written}</b>{' '}
          <FormatChoice ui={ui} row={{ ...formats, name }} at={row} faulty={folded.faulty} />
        </div>
      )}{' '}
      <ChoiceInput {...folded} name="error" words={columns.onError} choices={policyChoices(ui)} />
    </div>
  )
}
