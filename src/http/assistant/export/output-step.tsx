import path from 'node:path'
import { OutputStep } from '../../../../views/assistant/export/output-step.tsx'
import type { Answers, Fault } from '../../../../views/forms/job-form.ts'
import { RESULT_FIELDS } from '../../../../views/forms/result-fields.tsx'
import type { Ui } from '../../../../views/ground/ui.ts'
import { formatOfName } from '../../../domain/formats/formats.ts'
import type { ExportJob } from '../../../domain/jobs/job.ts'
import { parseExportSpecification } from '../../../domain/specification/parse-specification.ts'
import type { ExportSpecification } from '../../../domain/specification/specification.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import { lastDifferential } from '../../../engine/jobs/last-differential.ts'
import { WRITABLE_ENCODINGS } from '../../../pipeline/encodings/writable-encoding.ts'
import { checkExport } from '../../../pipeline/export/check-export.ts'
import { previewExport } from '../../../pipeline/export/preview-export.ts'
import { writingAnswers, writingIn } from '../../forms/delimited-answers.ts'
import { formatAnswer } from '../../forms/format-answer.ts'
import { answersOf, formFault, isTicked, tick, typed as textIn } from '../../forms/form-values.ts'
import type { AppDeps } from '../../ground/env.ts'
import type { Step, StepFault } from '../step.ts'
import { folderOf, placeFor, plainName, requireReplaceable } from './result-name.ts'

export const outputStep: Step<ExportJob> = {
  async draw(deps, { ui, job, typed, fault, query }) {
    const answers = typed === undefined ? answersFor(job) : answersOf(typed)
    const { found, refused } =
      query['preview'] === 'yes' && fault === undefined ? await tryPreview(deps, job) : NO_PREVIEW
    const { files, outbox } = deps.settings
    const folder = folderOf(job)
    const shared = files === 'database' ? undefined : path.resolve(outbox)
    const wrong = fault ?? refused
    return (
      <OutputStep
        ui={ui}
        job={job}
        answers={answers}
        fault={wrong && faultOf(ui, wrong)}
        outbox={shared}
        ownFolder={folder === shared ? undefined : folder}
        preview={found}
        encodings={WRITABLE_ENCODINGS}
      />
    )
  },

  async save({ settings }, job, typed) {
    const answers = answersOf(typed)
    const { fileName, gzip } = nameIn(job, answers)
    const format = textIn(answers, 'format') ?? formatOfName(fileName) ?? 'delimited'
    const asked = parseExportSpecification({
      ...job.specification,
      // Its ending tells the format.
      path: path.resolve(settings.outbox, fileName),
      place: null,
      format: textIn(answers, 'format'),
      ...writingIn(answers, writingAnswers(named(job)), format),
      header: isTicked(answers, 'header'),
      gzip,
      replace: isTicked(answers, 'replace'),
    })
    const place = await placeFor(settings, job, fileName)
    return { specification: { ...asked, ...place }, fileName }
  },

  check: requireWritable,
}

/** @throws InvalidInputError for an export that could only fail */
export async function requireWritable(
  { store }: Pick<AppDeps, 'store'>,
  job: ExportJob,
): Promise<void> {
  await checkExport(store, job.specification)
  await requireReplaceable(job)
}

/** What another step is to mend is told above the form. */
function faultOf(ui: Ui, refused: StepFault): Fault {
  const { field, sentence } = formFault(ui, refused, true)
  return RESULT_FIELDS.some((name) => name === field) ? { field, sentence } : { sentence }
}

function answersFor(job: ExportJob): Answers {
  const { specification, file_name: fileName } = job
  return {
    fileName,
    format: formatAnswer(named(job)),
    ...writingAnswers(named(job)),
    header: tick(specification.header),
    replace: tick(specification.replace),
    gzip: tick(specification.gzip),
  }
}

/** Its ending tells how it is written. */
function named({ specification, file_name: path }: ExportJob): ExportSpecification {
  return { ...specification, path }
}

/** The name that was typed, which ends in .gz where the file is to be compressed, by tick or by name. */
function nameIn({ file_name: before, specification }: ExportJob, answers: Answers) {
  const typed = plainName(textIn(answers, 'fileName') ?? '', before)
  const isTaken = isTicked(answers, 'gzip')
  const isKept = typed === before && isTaken === specification.gzip
  if (isKept) return { fileName: typed, gzip: isTaken }
  const stem = typed.replace(/\.gz$/i, '')
  const gzip = isTaken || (stem !== typed && !specification.gzip)
  return { fileName: gzip ? `${stem}.gz` : stem, gzip }
}

const NO_PREVIEW = { found: undefined, refused: undefined }

async function tryPreview({ store }: AppDeps, { specification, template }: ExportJob) {
  try {
    const last = await lastDifferential(store.db, { specification, template })
    const found = await previewExport(store, specification, last?.mark ?? null)
    return { found, refused: undefined }
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    return { found: undefined, refused: error }
  }
}
