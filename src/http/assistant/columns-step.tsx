import path from 'node:path'
import { ColumnsStep, type ColumnsStepProps } from '../../../views/assistant/columns-step.tsx'
import type { AssistantColumn } from '../../../views/assistant/fields/column-row.ts'
import type { MadeField } from '../../../views/assistant/fields/made-fields.tsx'
import type { Ui } from '../../../views/ground/ui.ts'
import { parseImportSpecification } from '../../domain/specification/parse-specification.ts'
import { messageOnPage } from '../../i18n/catalogue.ts'
import { checkCalculated } from '../../pipeline/import/preview/check-calculated.ts'
import type { CheckedSample } from '../../pipeline/import/preview/check-sample.ts'
import { checkFitting } from '../../pipeline/import/preview/fitting/check-fitting.ts'
import type { LostField } from '../../pipeline/import/fields/lost-fields.ts'
import { formerTable } from '../../engine/jobs/former-table.ts'
import { MAX_TABLES } from '../forms/job-form.ts'
import type { AppDeps } from '../ground/env.ts'
import { columnsIn } from './columns-form.ts'
import { withGuesses } from './guess-fields.ts'
import { shownFiles } from './shown-files.ts'
import { guessedTarget } from './guess-target.ts'
import { look, requireRunnable, tryLook } from './preview.ts'
import { asTyped } from './fields/as-typed.ts'
import { foldedFields } from './fields/folded-fields.ts'
import { inSpellingOf } from './fields/in-spelling-of.ts'
import { sensitiveAmong } from './fields/sensitive-in.ts'
import { requireFormats } from './fields/require-formats.ts'
import { madeFields, type KnownOfMade } from './fields/made-fields.ts'
import { withMoved } from './answers/moved-change.ts'
import { toldFaults } from './fields/told-faults.ts'
import { faultsOfStep, type ImportJob, type Step, type Typed } from './step.ts'
import { valueFormats } from './value-formats.ts'

export const columnsStep: Step<ImportJob> = {
  async draw(deps, { ui, job: given, typed: sent, fault, query }, signal) {
    const { store } = deps
    // Where a move is refused, the changes stand in the order that the refusal is about.
    const typed = sent && withMoved(sent)
    const { found, problem } = await tryLook(deps, given.specification, signal, async (preview) => {
      const fitting = checkFitting(preview)
      return {
        ...fitting,
        calculation: await checkCalculated(fitting.preview),
        files: shownFiles(ui, preview.files, { most: 0, at: 0 }),
      }
    })
    const job = found === undefined ? given : asFound(given, found)
    const wrong = fault === undefined ? problem && [{ problem }] : faultsOfStep(fault)
    const made = found === undefined ? [] : madeFieldsOf(ui, job, { ...found, typed })
    const tables = await store.tables.list(store.db, MAX_TABLES)
    const props: ColumnsStepProps = {
      ui,
      job,
      columns: found && tableOf(ui, job, { ...found, typed }),
      files: found?.files ?? [],
      tables: tables.filter(({ isView }) => !isView),
      faults: toldFaults(ui, wrong ?? found?.faults ?? [], {
        specification: job.specification,
        sample: found?.sample,
        made,
        lost: found?.lost ?? [],
        typed,
      }),
      unfilled: found?.sample.unfilled ?? [],
      needed: found?.sample.neededUnfilled ?? [],
      hasKey: job.specification.key.length > 0,
      asksToLook: query['guessed'] === 'yes' && fault === undefined,
      isFoundAgain: found?.lost.some(({ guess }) => guess !== undefined) === true,
      folded: found === undefined ? [] : foldedFields(job.specification, found.sample, typed),
      made,
    }
    return <ColumnsStep {...props} />
  },

  async save(deps, job, sent, signal) {
    const typed = withMoved(sent)
    const { specification: old, file_name: fileName } = job
    const table = (typed['newTable'] ?? '').trim() || typed['table']
    if (table !== undefined && table !== old.table) {
      return { specification: await intoTable(deps, job, table, signal), fileName, stays: true }
    }
    const { sample, withFound } = await look(deps, old, signal, checkFitting)
    const { specification, isGuessed } = columnsIn(withFound(old), sample, typed)
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

/** The same file into another table, whose fields are matched anew if the job did not have it before. */
async function intoTable(deps: AppDeps, job: ImportJob, table: string, signal: AbortSignal) {
  const { store } = deps
  const { specification: old } = job
  const former = await formerTable(store.db, job, table)
  if (former !== undefined) return parseImportSpecification({ ...old, ...former.said, table })
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
  { sample, lost, typed }: { sample: CheckedSample; lost: LostField[]; typed: Typed | undefined },
): ColumnsStepProps['columns'] {
  const { table, isNew, columns, checked, unreadable } = sample
  const fields = table.columns.filter(({ generated }) => !generated).map(({ name }) => name)
  return {
    rows: columns.map((column, index) =>
      asTyped(
        { ...rowOf(ui, job, sample, column), instead: insteadOf(lost, column.name) },
        String(index),
        typed,
      ),
    ),
    isNew,
    fields,
    checked,
    unreadable,
    isOfAll: sample.isOfAll,
  }
}

/** The column that a file lacks, and in whose place this one is guessed. */
function insteadOf(lost: LostField[], name: string): string | undefined {
  return lost.find(({ guess }) => guess === name)?.column
}

/** The job with the names of fields as its table has them, and what is guessed for lost columns. */
function asFound(
  job: ImportJob,
  { sample, withFound }: ReturnType<typeof checkFitting>,
): ImportJob {
  return { ...job, specification: inSpellingOf(sample.table, withFound(job.specification)) }
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
): Omit<AssistantColumn, 'instead'> {
  const { table, columns } = sample
  const { name, field, guessed, faults, format: guess, ...rest } = column
  const { key, fields } = specification
  const index = columns.indexOf(column)
  const formats = valueFormats(sample, field, { guess, options: fields[field ?? ''], index })
  return {
    ...rest,
    name,
    field: field ?? '',
    isGuessed: field !== undefined && field === guessed && field !== name,
    type: table.columns.find((one) => one.name === field)?.type,
    isKey: field !== undefined && key.includes(field),
    isSensitive: sensitiveAmong(specification, columns).has(columns.indexOf(column)),
    onError: fields[field ?? '']?.onError ?? 'reject',
    ...formats,
    better: sample.better(index, formats.formats),
    shortened: sample.shortenedIn(index),
    faults: faults.map(({ line, file, value, message }) => ({
      file: file && path.basename(file),
      line,
      value,
      sentence: messageOnPage(ui.language, message),
    })),
  }
}
