import path from 'node:path'
import { ColumnsStep, type ColumnsStepProps } from '../../../views/assistant/columns-step.tsx'
import type { AssistantColumn } from '../../../views/assistant/fields/column-row.ts'
import type { FoldedFieldProps } from '../../../views/assistant/fields/folded-field.tsx'
import type { MadeField } from '../../../views/assistant/fields/made-fields.tsx'
import type { Ui } from '../../../views/ground/ui.ts'
import { parseImportSpecification } from '../../domain/specification/parse-specification.ts'
import { fill } from '../../i18n/console.ts'
import { shown } from '../../i18n/shown.ts'
import { messageOnPage, problemOnPage } from '../../i18n/catalogue.ts'
import { checkCalculated } from '../../pipeline/import/preview/check-calculated.ts'
import { checkFitting, type CheckedSample } from '../../pipeline/import/preview/check-sample.ts'
import { MAX_TABLES } from '../forms/job-form.ts'
import type { AppDeps } from '../ground/env.ts'
import { columnsIn } from './columns-form.ts'
import { withGuesses } from './guess-fields.ts'
import { shownFiles } from './shown-files.ts'
import { guessedTarget } from './guess-target.ts'
import { look, requireRunnable, tryLook } from './preview.ts'
import { asTyped } from './fields/as-typed.ts'
import { foldedField } from './fields/folded-fields.ts'
import { inSpellingOf } from './fields/in-spelling-of.ts'
import { requireFormats } from './fields/require-formats.ts'
import { madeFields, type KnownOfMade } from './fields/made-fields.ts'
import type { ImportJob, Step, StepFault, Typed } from './step.ts'
import { valueFormats } from './value-formats.ts'

export const columnsStep: Step<ImportJob> = {
  async draw(deps, { ui, job: given, typed, fault, query }, signal) {
    const { store } = deps
    const { found, problem } = await tryLook(deps, given.specification, signal, async (preview) => {
      const fitting = checkFitting(preview)
      return {
        sample: fitting.sample,
        unfitting: fitting.problem,
        calculation: await checkCalculated(fitting.preview),
        files: shownFiles(ui, preview.files, { most: 0, at: 0 }),
      }
    })
    const job = found === undefined ? given : spelled(given, found.sample)
    const wrong = fault?.problem ?? problem ?? found?.unfitting
    const tables = await store.tables.list(store.db, MAX_TABLES)
    const props: ColumnsStepProps = {
      ui,
      job,
      columns: found && tableOf(ui, job, { ...found, typed }),
      files: found?.files ?? [],
      tables: tables.filter(({ isView }) => !isView),
      alert: wrong && withField(ui, problemOnPage(ui.language, wrong, ui.timeZone), fault?.at),
      unfilled: found?.sample.unfilled ?? [],
      hasKey: job.specification.key.length > 0,
      asksToLook: query['guessed'] === 'yes' && fault === undefined,
      folded: found === undefined ? [] : foldedFields(job, found.sample, typed),
      made: found === undefined ? [] : madeFieldsOf(ui, job, { ...found, typed }),
    }
    return <ColumnsStep {...props} />
  },

  async save(deps, job, typed, signal) {
    const { specification: old, file_name: fileName } = job
    const table = (typed['newTable'] ?? '').trim() || typed['table']
    if (table !== undefined && table !== old.table) {
      return { specification: await intoTable(deps, job, table, signal), fileName, stays: true }
    }
    const { sample } = await look(deps, old, signal, checkFitting)
    const { specification, isGuessed } = columnsIn(old, sample, typed)
    // What was guessed is seen before it counts.
    return { specification, fileName, stays: isGuessed }
  },

  async check(deps, { specification }, _typed, signal) {
    // What is wrong with the filter is told where it can be changed, at the next step.
    await requireRunnable(deps, { ...specification, filter: null }, signal)
    const { sample } = await look(deps, specification, signal, checkFitting)
    requireFormats(sample, inSpellingOf(sample.table, specification))
  },
}

/** A reason, and the field that it is about. */
function withField(ui: Ui, sentence: string, at: StepFault['at']): string {
  const [part, field] = at ?? []
  if (field === undefined || (part !== 'fields' && part !== 'types')) return sentence
  return fill(ui.text.assistantFields.inField, { field: shown(field), sentence })
}

/** The same file into another table, whose fields are matched anew. */
async function intoTable(
  deps: AppDeps,
  { specification: old }: ImportJob,
  table: string,
  signal: AbortSignal,
) {
  const { store } = deps
  const found = await store.tables.describe(store.db, table)
  const unmatched = { ...old, map: {}, leaveOut: [], types: {}, fields: {}, secondKey: [] }
  const target =
    found === undefined
      ? { table, create: true, key: [] }
      : await look(deps, unmatched, signal, (preview) => guessedTarget(found, preview))
  const specification = parseImportSpecification({
    ...unmatched,
    ...target,
    operation: undefined,
    duplicates: undefined,
  })
  return await withGuesses(deps, specification, signal)
}

function tableOf(
  ui: Ui,
  job: ImportJob,
  { sample, typed }: { sample: CheckedSample; typed: Typed | undefined },
): ColumnsStepProps['columns'] {
  const { table, isNew, columns, checked } = sample
  const fields = table.columns.filter(({ generated }) => !generated).map(({ name }) => name)
  return {
    rows: columns.map((column, index) =>
      asTyped(rowOf(ui, job, sample, column), String(index), typed),
    ),
    isNew,
    fields,
    checked,
    isOfAll: sample.isOfAll,
  }
}

/** The job with the names of fields as its table has them. */
function spelled(job: ImportJob, { table }: CheckedSample): ImportJob {
  return { ...job, specification: inSpellingOf(table, job.specification) }
}

/** What is said of the fields that columns fill, as it was typed or as the job has it. */
function foldedFields(
  { specification: { fields } }: ImportJob,
  { columns }: CheckedSample,
  typed: Typed | undefined,
): FoldedFieldProps[] {
  return columns.flatMap(({ field }, index) => {
    if (field === undefined) return []
    return [foldedField({ field, row: String(index) }, fields[field], typed)]
  })
}

function madeFieldsOf(
  ui: Ui,
  { specification }: ImportJob,
  found: Omit<KnownOfMade, 'specification' | 'formatsOf'>,
): MadeField[] {
  const formatsOf = (field: string) =>
    valueFormats(found.sample, field, {
      guess: { kind: 'none' },
      options: specification.fields[field],
    })
  return madeFields(ui, { ...found, specification, formatsOf })
}

function rowOf(
  ui: Ui,
  { specification }: ImportJob,
  sample: CheckedSample,
  column: CheckedSample['columns'][number],
): AssistantColumn {
  const { table, columns } = sample
  const { name, field, guessed, faults, format: guess, ...rest } = column
  const { key, fields } = specification
  return {
    ...rest,
    name,
    field: field ?? '',
    isGuessed: field !== undefined && field === guessed && field !== name,
    type: table.columns.find((one) => one.name === field)?.type,
    isKey: field !== undefined && key.includes(field),
    onError: fields[field ?? '']?.onError ?? 'reject',
    ...valueFormats(sample, field, {
      guess,
      options: fields[field ?? ''],
      index: columns.indexOf(column),
    }),
    faults: faults.map(({ line, file, value, message }) => ({
      file: file && path.basename(file),
      line,
      value,
      sentence: messageOnPage(ui.language, message),
    })),
  }
}
