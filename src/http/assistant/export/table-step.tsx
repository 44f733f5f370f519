import type { Child } from 'hono/jsx'
import type { Ui } from '../../../../views/ground/ui.ts'
import { TableStep } from '../../../../views/assistant/export/table-step.tsx'
import type { ExportJob } from '../../../domain/jobs/job.ts'
import { STANDARD_STREAM } from '../../../domain/specification/specification.ts'
import type { ExportSpecification } from '../../../domain/specification/specification.ts'
import { parseExportSpecification } from '../../../domain/specification/parse-specification.ts'
import { tableOf, type Template } from '../../../domain/templates/template.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import { mayHaveTable } from '../../../engine/templates/template-of-table.ts'
import { formerTable } from '../../../engine/jobs/former-table.ts'
import { exportJob, type NewJob } from '../../../engine/jobs/new-job.ts'
import { describeWritten } from '../../../pipeline/export/written-table.ts'
import { MAX_TABLES } from '../../forms/job-form.ts'
import type { AppDeps } from '../../ground/env.ts'
import { stepForm } from '../step-form.ts'
import type { Step, StepFault, Typed } from '../step.ts'
import { freeName, newPlace, stemOf } from './result-name.ts'

export const tableStep: Step<ExportJob> = {
  async draw(deps, { ui, job, typed, fault }) {
    const answers = typed ?? { table: job.specification.table }
    return await drawTableStep(deps, { ui, job, answers, fault })
  },

  async save(deps, job, typed) {
    const { specification: old, file_name: fileName } = job
    const table = tableIn(typed)
    if (table === old.table) return { specification: old, fileName }
    const former = await formerTable(deps.store.db, job, table)
    const specification = ofTable(old, table, former?.said)
    const isUsual = fileName.startsWith(stemOf(old.table))
    return isUsual ? await namedAfter(deps, specification) : { specification, fileName }
  },

  check: async ({ store }, { specification }) => {
    await describeWritten(store, specification)
  },
}

type Drawn = {
  ui: Ui
  job?: ExportJob | undefined
  template?: Template | undefined
  answers: Typed
  fault?: StepFault | undefined
}

/** Draws the first step, for a job or before there is one. */
export async function drawTableStep(
  { store }: AppDeps,
  { answers, fault, ...shown }: Drawn,
): Promise<Child> {
  const tables = await store.tables.list(store.db, MAX_TABLES)
  const at = fault && { problem: fault.problem, at: ['table'] }
  return <TableStep {...shown} form={stepForm(shown.ui, answers, at, ['table'])} tables={tables} />
}

/**
 * The job of a table that is written as a template says, into a file that is named after the table;
 * `former` is the one to begin with where the template is of another table, so that this can be
 * taken again.
 * @throws InvalidInputError
 */
export async function jobOfTable(
  deps: AppDeps,
  typed: Typed,
  template: Template | undefined,
): Promise<{ made: NewJob; former: NewJob | undefined }> {
  const table = tableIn(typed)
  const isOther = template !== undefined && !(await mayHaveTable(deps.store.db, template, table))
  const own = isOther ? tableOf(template) : undefined
  const given = { replace: false, ...template?.parts, path: STANDARD_STREAM }
  const said = parseExportSpecification({ ...given, table: own ?? table })
  const { specification, fileName } = await namedAfter(deps, isOther ? ofTable(said, table) : said)
  await describeWritten(deps.store, specification)
  const made = { ...exportJob(specification, { fileName }), template: template?.key ?? null }
  if (!isOther) return { made, former: undefined }
  return {
    made: { ...made, template: null },
    former: { ...exportJob(said, { fileName }), template: template?.key },
  }
}

function tableIn(typed: Typed): string {
  const table = (typed['otherTable'] ?? '').trim() || (typed['table'] ?? '')
  if (table !== '') return table
  throw new InvalidInputError({ problem: 'empty_part' }, { at: ['table'] })
}

/**
 * The same of another table: what was said of the fields of the one before is of no use.
 * @param said of this table, when the job had it before
 */
function ofTable(old: ExportSpecification, table: string, said: object = {}): ExportSpecification {
  const ofFields = { columns: [], fields: {}, names: {} }
  const ofRows = { filter: null, order: [], mostRows: null, differential: null }
  return parseExportSpecification({ ...old, ...ofFields, ...ofRows, ...said, table })
}

async function namedAfter({ settings }: AppDeps, said: ExportSpecification) {
  const fileName = await freeName(settings, said)
  return { specification: { ...said, ...(await newPlace(settings, fileName)) }, fileName }
}
