import { CONDITION_GROUPS } from '../../../src/domain/specification/condition-groups.ts'
import { fill } from '../../../src/i18n/console.ts'
import { FieldNotes } from '../../forms/field-notes.tsx'
import type { StepForm } from '../step-fields.tsx'
import { FilterCondition, type FilterProps } from './filter-condition.tsx'

/** The number of conditions that each group of a form has, from the names of its inputs. */
export function conditionsIn(answers: StepForm['answers']): number[] {
  const counts: number[] = []
  while (answers[`group-${counts.length + 1}`] !== undefined) {
    const group = counts.length + 1
    let count = 0
    while (answers[`field-${group}-${count + 1}`] !== undefined) count++
    counts.push(count)
  }
  return counts
}

/** Which rows are written: groups of conditions, the last of them folded away while it is empty. */
export function RowFilter({ isHidden, ...props }: FilterProps & { isHidden: boolean }) {
  const { ui, form } = props
  const words = ui.text.assistantExport.rows
  const [first = 0, ...others] = conditionsIn(form.answers)
  return (
    <div class="conditions" id="field-filter">
      <FieldNotes form={form} name="filter" hint={words.valueHint} />
      {isHidden && <p class="field-hint">{ui.text.assistantFields.own}</p>}
      <Group {...props} group={1} conditions={first} isAlone={others.length === 1} />
      <details class="form-more" id="more-groups" open={isAsked(form.answers)}>
        <summary>{words.moreGroups}</summary>
        <div class="conditions">
          <div class="form-field">
            <label for="field-filterKind">{words.together}</label>{' '}
            <select class="input" id="field-filterKind" name="filterKind">
              <Kinds words={words.groupKinds} chosen={form.answers['filterKind']} />
            </select>
          </div>
          {others.map((conditions, at) => (
            <Group {...props} group={at + 2} conditions={conditions} isAlone={false} />
          ))}
        </div>
      </details>
      <button type="submit" id="button-again" name="act" value="again" class="button">
        {words.moreConditions}
      </button>{' '}
      <noscript>
        <button type="submit" id="button-fit" name="act" value="fit" class="button">
          {words.fit}
        </button>
      </noscript>
    </div>
  )
}

/** Whether a group behind the first says something. */
function isAsked(answers: StepForm['answers']): boolean {
  return Object.entries(answers).some(
    ([name, text]) => /^(field|value)-(?!1-)\d+-\d+$/.test(name) && text !== '',
  )
}

type GroupProps = FilterProps & { group: number; conditions: number; isAlone: boolean }

function Group(props: GroupProps) {
  const { ui, form, group, conditions, isAlone } = props
  const words = ui.text.assistantExport.rows
  return (
    <fieldset class="conditions">
      <legend class={isAlone ? 'visually-hidden' : undefined}>
        {fill(words.group, { n: group })}
      </legend>
      <select class="input" name={`group-${group}`} aria-label={fill(words.group, { n: group })}>
        <Kinds words={words.kinds} chosen={form.answers[`group-${group}`]} />
      </select>
      {Array.from({ length: conditions }, (_, at) => (
        <FilterCondition {...props} place={`${group}-${at + 1}`} />
      ))}
    </fieldset>
  )
}

type Kind = (typeof CONDITION_GROUPS)[number]

function Kinds({ words, chosen }: { words: Record<Kind, string>; chosen: string | undefined }) {
  return (
    <>
      {CONDITION_GROUPS.map((kind) => (
        <option value={kind} selected={kind === chosen}>
          {words[kind]}
        </option>
      ))}
    </>
  )
}
