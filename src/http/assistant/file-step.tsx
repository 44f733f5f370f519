import type { Child } from 'hono/jsx'
import { FileStep, LONG_PREVIEW, type FileStepProps } from '../../../views/assistant/file-step.tsx'
import {
  SAME_FILE,
  type Answers,
  type Fault,
  type JobFormProps,
} from '../../../views/forms/job-form.ts'
import type { Ui } from '../../../views/ground/ui.ts'
import { parseImportSpecification } from '../../domain/specification/parse-specification.ts'
import { partsOfPlaces } from '../../domain/specification/stored-path.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { problemOnPage } from '../../i18n/catalogue.ts'
import { ENCODINGS } from '../../pipeline/encodings/encoding-names.ts'
import { answersOf, formFault } from '../forms/form-values.ts'
import { arranged, filesOf, namesOf } from '../forms/chosen-files.ts'
import { withNames } from '../forms/with-names.ts'
import { MAX_FILES } from '../forms/import-form.tsx'
import { listInbox } from '../forms/inbox.ts'
import { MAX_TABLES } from '../forms/job-form.ts'
import { dialectAnswers, dialectIn } from '../forms/delimited-answers.ts'
import { readingAnswers, readingIn } from '../forms/reading-answers.ts'
import type { AppDeps } from '../ground/env.ts'
import { wholeNumber } from '../ground/params.ts'
import { reguessed } from './guess-fields.ts'
import { retargeted } from './guess-target.ts'
import { lookAtFiles, tried } from './preview.ts'
import { shownFiles } from './shown-files.ts'
import type { ImportJob, Step, StepFault, Typed } from './step.ts'

const SHORT_PREVIEW = 10

/** What a new import asks for at first. */
export const BLANK: Answers = {
  header: 'yes',
  multiline: 'yes',
  missingColumns: 'reject',
  surplusColumns: 'reject',
}

export const fileStep: Step<ImportJob> = {
  async draw(deps, { ui, job, typed, fault, query }, signal) {
    const most = query['records'] === String(LONG_PREVIEW) ? LONG_PREVIEW : SHORT_PREVIEW
    const { found, problem } = await tried(() =>
      lookAtFiles(deps, job.specification, signal, ({ files }) =>
        shownFiles(ui, files, { most, at: (wholeNumber(query['file']) ?? 1) - 1 }),
      ),
    )
    const answers = typed === undefined ? answersFor(job) : answersOf(typed)
    const unreadable = problem && problemOnPage(ui.language, withNames(problem), ui.timeZone)
    const form = { ui, job, answers, fault: fault && faultOf(ui, fault, typed) }
    return await drawFileStep(deps, form, { files: found ?? [], unreadable }, signal)
  },

  async save(deps, job, typed, signal) {
    const answers = answersOf(typed)
    const pressed = typed['arrange']
    const files = arranged(await filesOf(deps, answers, job), pressed)
    const old = job.specification
    const isSame = files[0].path === old.path
    const asked = parseImportSpecification({
      ...old,
      ...partsOfPlaces(files),
      spooled: old.spooled && isSame,
      ...readingIn(answers),
      ...dialectIn(answers),
    })
    const fileName = namesOf(files)
    const reread = async () => {
      const [{ name }] = files
      const into = isSame ? await retargeted(deps, { old, asked, fileName: name }, signal) : asked
      return await reguessed(deps, old, into, signal)
    }
    // What was pressed is done also where a file cannot be read: the page says which.
    if (pressed === undefined) return { specification: await reread(), fileName }
    const { found } = await tried(reread)
    return { specification: found ?? asked, fileName, stays: true }
  },

  /**
   * Only files that can be imported together lead on: which cannot, the page says. Those of a
   * schedule may be empty; one that a person just chose is a mistake.
   */
  async check(deps, { specification }, _typed, signal) {
    const { files } = await lookAtFiles(deps, specification, signal, (preview) => preview)
    const [wrong] = files.flatMap(({ error }) => error ?? [])
    if (wrong !== undefined) throw wrong
    const isEmpty = files.every(({ seen }) => seen?.header.length === 0 && !seen.records.length)
    if (!isEmpty) return
    const [{ name: path }] = files
    throw new InvalidInputError({ problem: 'nothing_in_file', path })
  },
}

/** Of a form that nobody sent no field is marked. */
function faultOf(ui: Ui, fault: StepFault, typed: Typed | undefined): Fault {
  const { field, sentence } = formFault(ui, fault, false)
  return typed === undefined ? { sentence } : { field, sentence }
}

/** Draws the first step, for a job or before there is one. */
export async function drawFileStep(
  { store, settings: { inboxes, maxUpload } }: AppDeps,
  form: JobFormProps,
  read: Pick<FileStepProps, 'files' | 'unreadable'>,
  signal: AbortSignal,
): Promise<Child> {
  const inbox = await listInbox(inboxes, MAX_FILES, signal)
  const offered = { inbox, inboxes, maxUpload }
  const listed = form.job === undefined ? await store.tables.list(store.db, MAX_TABLES) : []
  const tables = listed.filter(({ isView }) => !isView)
  return <FileStep {...form} {...read} {...offered} tables={tables} encodings={ENCODINGS} />
}

function answersFor({ specification }: ImportJob): Answers {
  return {
    file: SAME_FILE,
    ...readingAnswers(specification),
    ...dialectAnswers(specification),
  }
}
