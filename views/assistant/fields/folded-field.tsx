import type { Child } from 'hono/jsx'
import type { FieldOptions } from '../../../src/domain/specification/fields/field-options.ts'
import { OTHERWISE } from '../../../src/domain/specification/fields/value-format.ts'
import { shown } from '../../../src/i18n/shown.ts'
import type { Ui } from '../../ground/ui.ts'
import { valueRules } from '../../tabs/value-rules.ts'
import { isFaultyAt, marked } from './faulty.tsx'
import { FieldChanges } from './field-changes.tsx'
import { FieldChecks } from './field-checks.tsx'
import { ChoiceInput, TextInput, Tick, type FieldForm } from './field-inputs.tsx'

/** What the form cannot say of a field; undefined where it can. */
export type HiddenOptions = Partial<Pick<FieldOptions, 'transforms' | 'checks' | 'format'>>

/** A field with what was said of it. */
export type FoldedFieldProps = FieldForm & { field: string; hidden: HiddenOptions }

type FieldProps = FoldedFieldProps & { ui: Ui }

/**
 * Changes, checks, a list of values, and whether a field is sensitive; open where something is set.
 * @param props.children what else is asked of such a field
 */
export function FoldedField(props: FieldProps & { title: string; children?: Child }) {
  const { ui, row, field: name, answers, hidden, faulty, title, children } = props
  const { assistantFields: words } = ui.text
  const { transforms, checks, format } = hidden
  return (
    <details class="form-more" id={`more-field-${row}`} open={isOpen(props)}>
      <summary>{title}</summary>
      <div class="folded">
        <input type="hidden" name={`asked-${row}`} value="yes" />
        {children}
        {transforms === undefined ? (
          <Part {...props} name="changes" words={words.changes}>
            <FieldChanges ui={ui} row={row} name={name} answers={answers} faulty={faulty} />
          </Part>
        ) : (
          <Kept {...props} options={{ transforms }} />
        )}
        {checks === undefined ? (
          <Part {...props} name="checks" words={words.checks}>
            <FieldChecks ui={ui} row={row} name={name} answers={answers} faulty={faulty} />
          </Part>
        ) : (
          <Kept {...props} options={{ checks }} />
        )}
        {format === undefined ? (
          <Part {...props} name="list" words={words.list}>
            <Enumeration {...props} />
          </Part>
        ) : (
          <Kept {...props} options={{ format }} />
        )}
        <Tick {...props} name="sensitive" words={words.sensitive} />
        <p class="field-hint">{words.sensitiveHint}</p>
      </div>
    </details>
  )
}

/** The answers that say something, by the part that has them. */
const SAYING = {
  changes: /^change-\d+$/,
  checks: /^(required|pattern|least|most|oneOf|existsTable|existsColumn)$/,
  list: /^(enumeration|fixed)$/,
  other: /^(sensitive|key)$/,
}
type FieldPart = keyof typeof SAYING

/** Whether something is said of the field, or of a part of that. */
function isSaid(
  { answers, hidden }: Pick<FoldedFieldProps, 'answers' | 'hidden'>,
  part?: FieldPart,
): boolean {
  const saying = part === undefined ? Object.values(SAYING) : [SAYING[part]]
  return (
    (part === undefined && Object.keys(hidden).length > 0) ||
    Object.entries(answers).some(
      ([name, text = '']) => text !== '' && saying.some((one) => one.test(name)),
    )
  )
}

/** The inputs of a part, by the beginnings of their names. */
const INPUTS: Record<FieldPart, RegExp> = {
  changes: /^(change|first|second)$/,
  checks: /^(required|pattern|least|most|oneOf|existsTable|existsColumn|policy_\w+)$/,
  list: /^(enumeration|otherwise|fixed)$/,
  other: /^(sensitive|key)$/,
}
const OWN = /^(?!field$|text$|from$|made$)/

/** Whether something is said of the field, or of a part of that, or was refused there. */
export function isOpen(field: FoldedFieldProps, part?: FieldPart): boolean {
  const names = part === undefined ? OWN : INPUTS[part]
  return isSaid(field, part) || isFaultyAt(field.faulty, field.row, names)
}

type PartProps = FoldedFieldProps & { name: FieldPart; words: string; children: Child }

function Part({ name, words, children, ...field }: PartProps) {
  return (
    <details class="form-more" id={`${name}-${field.row}`} open={isOpen(field, name)}>
      <summary>{words}</summary>
      {children}
    </details>
  )
}

/** What only a specification can say, in words: it stays, or is taken away. */
function Kept({ options, ...field }: FieldProps & { options: HiddenOptions }) {
  const { ui } = field
  const { assistantFields: words } = ui.text
  const told = valueRules(ui, {
    from: null,
    transforms: options.transforms ?? [],
    format: options.format ?? null,
    checks: options.checks ?? [],
    onError: 'reject',
  })
  return (
    <div>
      <p class="field-hint">
        {words.own} {told.map(shown).join('; ')}
      </p>
      <Tick {...field} name={`drop_${Object.keys(options).join('')}`} words={words.drop} />
    </div>
  )
}

function Enumeration(props: FieldProps) {
  const { ui, row, answers, faulty } = props
  const { assistantFields: words } = ui.text
  const id = `enumeration-${row}`
  return (
    <div class="folded">
      <div class="form-field">
        <label for={id}>{words.enumeration}</label>{' '}
        <textarea class="input" {...marked(faulty, id, `hint-${id}`)} rows={3}>
          {answers['enumeration'] ?? ''}
        </textarea>
        <p class="field-hint" id={`hint-${id}`}>
          {words.enumerationHint}
        </p>
      </div>
      <div class="form-columns">
        <ChoiceInput
          {...props}
          name="otherwise"
          words={words.otherwise}
          choices={OTHERWISE.toSorted((a) => (a === 'reject' ? -1 : 0)).map((key) => [
            key,
            words.otherwises[key],
          ])}
        />{' '}
        <TextInput {...props} name="fixed" words={words.fixed} />
      </div>
    </div>
  )
}
