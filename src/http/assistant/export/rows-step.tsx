import { RowsStep } from '../../../../views/assistant/export/rows-step.tsx'
import type { ExportJob } from '../../../domain/jobs/job.ts'
import { parseExportSpecification } from '../../../domain/specification/parse-specification.ts'
import { DIRECTIONS } from '../../../domain/specification/row-selection.ts'
import {
  STANDARD_STREAM,
  type ExportSpecification,
} from '../../../domain/specification/specification.ts'
import { parseAmount } from '../../../domain/texts/input-parsing.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import { Refusals } from '../../../domain/words/refusals.ts'
import { problemOnPage } from '../../../i18n/catalogue.ts'
import { checkExport } from '../../../pipeline/export/check-export.ts'
import { describeWritten } from '../../../pipeline/export/written-table.ts'
import type { AppDeps } from '../../ground/env.ts'
import { oneOf } from '../../ground/params.ts'
import { stepForm } from '../step-form.ts'
import { faultsOfStep, type Step, type StepFault, type Typed } from '../step.ts'
import { columnAnswers, columnsIn, FORMATS_WRITTEN, inOrder } from './column-answers.ts'
import { filterAnswers, filterIn, groupsOf } from './filter-groups.ts'
import { refusedInput } from './refused-input.ts'

const FIELDS = ['columns', 'filter', 'order', 'mostRows', 'differential'] as const

/** Values that are offered for a condition; more would be no help. */
const MOST_LISTED = 100

export const rowsStep: Step<ExportJob> = {
  async draw(deps, { ui, job, typed, fault, isSaved }) {
    const { columns, said, listed, problem } = await tryTable(deps, job.specification)
    const known = { ...columnAnswers(columns, said), ...rowAnswers(said) }
    const answers = typed === undefined || isSaved === true ? known : typed
    const names = [...FIELDS, ...Object.keys(answers)]
    const form = stepForm(ui, answers, fault && placed(fault, answers), names)
    const alert = problem && problemOnPage(ui.language, problem, ui.timeZone)
    return (
      <RowsStep
        ui={ui}
        job={job}
        form={{ ...form, alert: form.alert ?? alert }}
        columns={inOrder(columns, said).map((column) => ({
          ...column,
          formats: FORMATS_WRITTEN[column.type],
          listed: listed.get(column.name)?.slice(0, MOST_LISTED) ?? [],
        }))}
        isFilterHidden={groupsOf(said.filter) === undefined}
      />
    )
  },

  async save({ store }, { specification: old, file_name: fileName }, typed) {
    const { columns, said } = await describeWritten(store, old)
    const refusals = new Refusals()
    const given = {
      ...old,
      ...refusals.try(() => columnsIn(typed, columns, said)),
      filter: refusals.try(() => filterIn(typed, said.filter)) ?? null,
      order: orderIn(typed),
      mostRows: amountIn(typed['mostRows']),
      differential: typed['differential'] || null,
    }
    const parsed = refusals.try(() => parseExportSpecification(given))
    refusals.end()
    return { specification: parsed ?? old, fileName }
  },

  // Its file, and how that is written, is asked for later.
  check: async ({ store }, { specification }) => {
    const later = { path: STANDARD_STREAM, encoding: 'utf-8' }
    const written =
      specification.format === 'delimited' ? { ...specification, bom: false } : specification
    await checkExport(store, { ...written, ...later })
  },
}

async function tryTable({ store }: AppDeps, specification: ExportSpecification) {
  try {
    const written = await describeWritten(store, specification)
    const listed = await store.tables.listed(store.db, specification.table)
    return { ...written, listed, problem: undefined }
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    return { columns: [], said: specification, listed: new Map(), problem: error.problem }
  }
}

function rowAnswers({ filter, order, mostRows, differential }: ExportSpecification): Typed {
  const answers: Record<string, string> = {
    ...filterAnswers(filter),
    mostRows: mostRows === null ? '' : String(mostRows),
    differential: differential ?? '',
  }
  const places = Math.max(2, order.length + 1)
  for (let place = 1; place <= places; place++) {
    answers[`sort-${place}`] = order[place - 1]?.field ?? ''
    answers[`direction-${place}`] = order[place - 1]?.direction ?? 'asc'
  }
  return answers
}

function orderIn(typed: Typed): ExportSpecification['order'] {
  const order: ExportSpecification['order'] = []
  for (let place = 1; typed[`sort-${place}`] !== undefined; place++) {
    const field = typed[`sort-${place}`] ?? ''
    const direction = oneOf(DIRECTIONS, typed[`direction-${place}`]) ?? 'asc'
    if (field !== '') order.push({ field, direction })
  }
  return order
}

function amountIn(text = ''): number | string | null {
  return text.trim() === '' ? null : parseAmount(text.trim())
}

/** Refusals are told at their inputs; what the database says of a value names no part of the specification. */
function placed(fault: StepFault, answers: Typed): StepFault {
  const faults = faultsOfStep(fault).map(({ problem, at }) => {
    const input = refusedInput({ problem, at }, answers)
    if (input !== undefined && input in answers) return { problem, at: [input] }
    const part = 'problem' in problem ? PARTS[problem.problem] : undefined
    return { problem, at: part === undefined ? at : [part] }
  })
  return { problem: fault.problem, faults }
}

const PARTS: Record<string, string> = {
  no_value_of_field: 'filter',
  bytes_compared: 'filter',
  name_twice: 'columns',
  title_twice: 'columns',
}
