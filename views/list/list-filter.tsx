import type { Child } from 'hono/jsx'
import { JOB_STATUSES, JOB_TYPES } from '../../src/domain/states/status.ts'
import type { Template } from '../../src/domain/templates/template.ts'
import { fill } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import { templateName } from '../forms/from-template.tsx'
import { statusLabel, typeLabel } from '../../src/i18n/catalogue.ts'
import { formatDay } from '../../src/i18n/format.ts'
import { PrintedFilter } from '../parts/printed-filter.tsx'
import type { Ui } from '../ground/ui.ts'
import { FIRST_PAGE, isFiltered, type ListState } from './list-url.ts'
import { Days, TAB_NAMES } from './list-tabs.tsx'

type ListFilterProps = {
  ui: Ui
  state: ListState
  templates: Template[]
  /** Shown beside the search box. */
  children?: Child
}

/** A GET form: its answers are the query of the list. Filters besides the search open on demand. */
export function ListFilter({ ui, state, templates, children }: ListFilterProps) {
  const { base, text } = ui
  return (
    <>
      <Printed ui={ui} state={state} templates={templates} />
      <form class="list-filter" method="get" action={`${base}/jobs`} aria-label={text.list.filter}>
        <div class="list-search">
          <label class="visually-hidden" for="filter-text">
            {text.list.text}
          </label>{' '}
          <input
            class="input"
            id="filter-text"
            name="text"
            type="search"
            placeholder={text.list.textHint}
            value={state.text ?? ''}
          />{' '}
          <button type="submit" id="filter-search" class="button">
            {text.list.search}
          </button>{' '}
          {isFiltered(state) && <a href={`${base}/jobs`}>{text.list.clear}</a>}
          {children}
        </div>
        <div class="list-narrowing">
          <MoreFilters ui={ui} state={state} templates={templates} />
          <Days ui={ui} state={state} />
        </div>
        <KeptParameters state={state} />
      </form>
    </>
  )
}

/** Open if one of these filters is set, so that it is not overlooked. */
function MoreFilters({ ui, state, templates }: ListFilterProps) {
  const { language, text } = ui
  const { status, type, template, from, to } = state
  const isUsed = [status, type, template, from, to].some((value) => value !== undefined)
  return (
    <details class="list-more" open={isUsed}>
      <summary>{text.list.more}</summary>
      <div class="filter filter-form">
        <Choice
          name="status"
          label={text.list.status}
          any={text.list.any}
          chosen={status}
          choices={JOB_STATUSES.map((each) => [each, statusLabel(language, each)])}
        />
        <Choice
          name="type"
          label={text.list.type}
          any={text.list.any}
          chosen={type}
          choices={JOB_TYPES.map((each) => [each, typeLabel(language, each)])}
        />
        <Choice
          name="template"
          label={text.templates.template}
          any={text.list.any}
          chosen={template}
          choices={templateChoices(ui, templates, template)}
        />
        <Day name="from" label={text.list.from} value={from} />
        <Day name="to" label={text.list.to} value={to} />
        <button type="submit" class="button">
          {text.list.apply}
        </button>
      </div>
    </details>
  )
}

/** One that is deleted has jobs still. */
function templateChoices(
  ui: Ui,
  templates: Template[],
  chosen: string | undefined,
): [string, string][] {
  const known = templates.map((one): [string, string] => [one.key, shown(templateName(ui, one))])
  if (chosen === undefined || templates.some(({ key }) => key === chosen)) return known
  return [...known, [chosen, fill(ui.text.templates.deleted, { key: chosen })]]
}

/** Keeps the parameters that the form has no field for. */
function KeptParameters({ state: { tab, sort, direction } }: { state: ListState }) {
  const isSorted = sort !== FIRST_PAGE.sort || direction !== FIRST_PAGE.direction
  return (
    <>
      {tab !== undefined && <input type="hidden" name="tab" value={tab} />}
      {isSorted && <input type="hidden" name="sort" value={sort} />}
      {isSorted && <input type="hidden" name="direction" value={direction} />}
    </>
  )
}

function Printed({ ui, state, templates }: ListFilterProps) {
  const { language, text } = ui
  const { tab, status, type, template, from, to } = state
  const choices = new Map(templateChoices(ui, templates, template))
  return (
    <PrintedFilter
      parts={[
        [text.list.tab, tab && text.list[TAB_NAMES[tab]]],
        [text.list.status, status && statusLabel(language, status)],
        [text.list.type, type && typeLabel(language, type)],
        [text.templates.template, template && choices.get(template)],
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
      <label for={`filter-${name}`}>{label}</label>{' '}
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

type DayProps = { name: string; label: string; value: string | undefined }

function Day({ name, label, value }: DayProps) {
  return (
    <div class="field">
      <label for={`filter-${name}`}>{label}</label>{' '}
      <input class="input" id={`filter-${name}`} name={name} type="date" value={value ?? ''} />
    </div>
  )
}
