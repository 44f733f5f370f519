import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { ExportForm } from '../../../views/forms/export-form.tsx'
import type { Answers, FormBase } from '../../../views/forms/job-form.ts'
import { InvalidInputError, UnusableError } from '../../domain/words/errors.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { ColumnInfo } from '../../domain/records/table.ts'
import { STANDARD_STREAM } from '../../domain/specification/specification.ts'
import { storedId, storedPath } from '../../domain/specification/stored-path.ts'
import { parseExportSpecification } from '../../domain/specification/parse-specification.ts'
import { parseNames, formatNames } from '../../domain/texts/input-parsing.ts'
import { templateKind } from '../../domain/templates/template.ts'
import type { NewJob } from '../../engine/jobs/jobs.ts'
import { exportJob } from '../../engine/jobs/new-job.ts'
import { checkExport } from '../../pipeline/export/check-export.ts'
import { isThere } from '../../pipeline/export/part-file.ts'
import { isTicked, tick, typed } from './form-values.ts'
import { rowAnswers, rowsIn, titlesIn } from './row-answers.ts'
import { delimiterIn, writingAnswers } from './delimited-answers.ts'
import { formatAnswer } from './format-answer.ts'
import { formatAnswers, formatsIn, writtenColumns } from './value-answers.ts'
import type { AppDeps } from '../ground/env.ts'
import { MAX_TABLES, type FilledBy, type JobForm } from './job-form.ts'

/** Bytes: behind it comes what tells a part file, and a name on a disk has 255. */
const MAX_FILE_NAME = 200

/** What no system takes in a name, what turns the direction of reading, and halves of characters. */
const NOT_IN_NAMES = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069/\\:*?"<>|]/u

export const exportForm: JobForm = {
  blank: { header: 'yes' },
  fromJob,
  toJob,
  async draw({ store, settings }, form) {
    const tables = await store.tables.list(store.db, MAX_TABLES)
    const columns = await columnsOf(store, typed(form.answers, 'table'))
    const fields = columns.map(({ name }) => name)
    const written = writtenColumns(form.answers, columns)
    const outbox = settings.files === 'database' ? undefined : path.resolve(settings.outbox)
    const folder = folderOf(form.job)
    const ownFolder = folder === outbox ? undefined : folder
    return <ExportForm {...form} {...{ outbox, ownFolder, tables, fields, written }} />
  },
}

/** The columns of the table, to be offered. */
async function columnsOf({ tables, db }: AppDeps['store'], table = ''): Promise<ColumnInfo[]> {
  try {
    return (await tables.describe(db, table))?.columns ?? []
  } catch (error) {
    if (error instanceof UnusableError) return []
    throw error
  }
}

function fromJob({ type, specification, label, file_name: fileName }: FilledBy): Answers {
  if (type !== 'export') return exportForm.blank
  const { table, columns, header, replace } = specification
  return {
    table,
    columns: formatNames(columns),
    fileName,
    label: label === exportJob(specification, { fileName }).label ? '' : label,
    format: formatAnswer({ ...specification, path: fileName }),
    ...writingAnswers({ ...specification, path: fileName }),
    header: tick(header),
    replace: tick(replace),
    safeCells: tick(specification.format === 'delimited' && specification.safeCells),
    ...rowAnswers(specification),
    ...formatAnswers(specification),
  }
}

async function toJob(
  { store, settings }: AppDeps,
  answers: Answers,
  { job, template }: FormBase,
): Promise<NewJob> {
  const base = job ?? (template && templateKind(template))
  const fileName = plainName(typed(answers, 'fileName') ?? '', job)
  const columns = typed(answers, 'columns')
  const isSame =
    job?.type === 'export' &&
    job.file_name === fileName &&
    job.specification.path !== STANDARD_STREAM
  const own = isSame ? job.specification : undefined
  const chosen = columns === undefined ? [] : parseNames(columns, ['columns'])
  const known = base?.type === 'export' ? base.specification : undefined
  const table = typed(answers, 'table') ?? ''
  const asked = parseExportSpecification({
    // What no field shows stays as it was.
    ...(job?.type === 'export' ? job.specification : template?.parts),
    place: null,
    table,
    // Its ending tells the format.
    path: path.resolve(settings.outbox, fileName),
    columns: chosen,
    names: titlesIn(answers, chosen),
    ...rowsIn(answers, known),
    fields: formatsIn(answers, await columnsOf(store, table), known?.fields),
    safeCells: isTicked(answers, 'safeCells') || undefined,
    format: typed(answers, 'format'),
    ...delimiterIn(answers),
    header: isTicked(answers, 'header'),
    gzip: own?.gzip,
    replace: isTicked(answers, 'replace'),
  })
  const place = own?.path ?? newPath(settings, fileName)
  const specification = await checkExport(store, { ...asked, path: place })
  const isStored = storedId(place) !== undefined
  if (!isStored && !specification.replace && (await isThere(place))) {
    throw new InvalidInputError({ problem: 'file_there', name: fileName }, { at: ['path'] })
  }
  return exportJob(specification, { label: answers.label, fileName })
}

/** The name that a job has already may be of another making. */
function plainName(name: string, job: Job | undefined): string {
  const isPlain =
    name !== '' &&
    !name.startsWith('.') &&
    !NOT_IN_NAMES.test(name) &&
    Buffer.byteLength(name) <= MAX_FILE_NAME
  if (isPlain || name === job?.file_name) return name
  throw new InvalidInputError({ problem: 'not_plain_name' }, { at: ['path'] })
}

function newPath({ files, outbox }: AppDeps['settings'], fileName: string): string {
  return files === 'database' ? storedPath(randomUUID()) : path.resolve(outbox, fileName)
}

function folderOf(job: Job | undefined): string | undefined {
  const file = job?.type === 'export' ? job.specification.path : STANDARD_STREAM
  const isElsewhere = file === STANDARD_STREAM || storedId(file) !== undefined
  return isElsewhere ? undefined : path.dirname(file)
}
