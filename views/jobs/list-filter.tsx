import { JOB_STATUSES, JOB_TYPES } from '../../src/domain/status.ts'
import { statusLabel, typeLabel } from '../../src/i18n/catalogue.ts'
import { formatDay } from '../../src/i18n/format.ts'
import { PrintedFilter } from '../parts/printed-filter.tsx'
import type { Ui } from '../ui.ts'
import { FIRST_PAGE, isFiltered, type ListState } from './list-url.ts'

/** A plain form whose answers are the list's address. */
export function ListFilter({ ui, state }: { ui: Ui; state: ListState }) {
  const { base, language, text } = ui
  const isSorted = state.sort !== FIRST_PAGE.sort || state.direction !== FIRST_PAGE.direction
  return (
    <>
      <Printed ui={ui} state={state} />
      <form class="toolbar" method="get" action={`${base}/jobs`} aria-label={text.list.filter}>
        <div class="filter filter-form">
          <Choice
            name="status"
            label={text.list.status}
            any={text.list.any}
            chosen={state.status}
            choices={JOB_STATUSES.map((status) => [status, statusLabel(language, status)])}
          />
          <Choice
            name="type"
            label={text.list.type}
            any={text.list.any}
            chosen={state.type}
            choices={JOB_TYPES.map((type) => [type, typeLabel(language, type)])}
          />
          <Answer name="text" type="search" label={text.list.text} value={state.text} />
          <Answer name="from" type="date" label={text.list.from} value={state.from} />
          <Answer name="to" type="date" label={text.list.to} value={state.to} />
          {isSorted && <input type="hidden" name="sort" value={state.sort} />}
          {isSorted && <input type="hidden" name="direction" value={state.direction} />}
          <button type="submit" class="button">
            {text.list.apply}
          </button>
          {isFiltered(state) && <a href={`${base}/jobs`}>{text.list.clear}</a>}
        </div>
      </form>
    </>
  )
}

function Printed({ ui, state }: { ui: Ui; state: ListState }) {
  const { language, text } = ui
  const { status, type, from, to } = state
  return (
    <PrintedFilter
      parts={[
        [text.list.status, status && statusLabel(language, status)],
        [text.list.type, type && typeLabel(language, type)],
        [text.list.text, state.text],
        [text.list.from, from && formatDay(language, from)],
        [text.list.to, to && formatDay(language, to)],
      ]}
    />
  )
}

type ChoiceProps = {
  name: string
  label: string
  any: string
  chosen: string | undefined
  choices: [string, string][]
}

function Choice({ name, label, any, chosen, choices }: ChoiceProps) {
  return (
    <div class="field">
      <label for={`filter-${name}`}>{label}</label>
      <select class="input" id={`filter-${name}`} name={name}>
        <option value="">{any}</option>
        {choices.map(([value, words]) => (
          <option value={value} selected={value === chosen}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
}

type AnswerProps = { name: string; type: string; label: string; value: string | undefined }

function Answer({ name, type, label, value }: AnswerProps) {
  return (
    <div class="field">
      <label for={`filter-${name}`}>{label}</label>
      <input class="input" id={`filter-${name}`} name={name} type={type} value={value ?? ''} />
    </div>
  )
}
