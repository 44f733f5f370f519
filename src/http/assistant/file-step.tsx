import type { Child } from 'hono/jsx'
import { FileStep, LONG_PREVIEW, type FileStepProps } from '../../../views/assistant/file-step.tsx'
import type { FileFound } from '../../../views/assistant/found-line.tsx'
import { SAME_FILE, type Answers, type JobFormProps } from '../../../views/forms/job-form.ts'
import type { Ui } from '../../../views/ground/ui.ts'
import { parseImportSpecification } from '../../domain/specification/parse-specification.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import { messageOnPage, problemOnPage } from '../../i18n/catalogue.ts'
import { ENCODINGS } from '../../pipeline/encodings/encoding-names.ts'
import { previewSource } from '../../pipeline/import/preview/preview-source.ts'
import type { OpenPreview } from '../../pipeline/import/preview/open-preview.ts'
import { answersOf, formFault } from '../forms/form-values.ts'
import { filesOf } from '../forms/chosen-files.ts'
import { MAX_FILES } from '../forms/import-form.tsx'
import { listInbox } from '../forms/inbox.ts'
import { MAX_TABLES } from '../forms/job-form.ts'
import { dialectAnswers, dialectIn } from '../forms/delimited-answers.ts'
import { readingAnswers, readingIn } from '../forms/reading-answers.ts'
import type { AppDeps } from '../ground/env.ts'
import { isAsGuessed, withGuesses } from './guess-fields.ts'
import { look, tryLook } from './preview.ts'
import type { ImportJob, Step } from './step.ts'

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
    const { found, problem } = await tryLook(deps, job.specification, signal, (preview) =>
      foundIn(ui, preview, most),
    )
    const answers = typed === undefined ? answersFor(job) : answersOf(typed)
    const unreadable = problem && problemOnPage(ui.language, problem, ui.timeZone)
    const form = { ui, job, answers, fault: fault && formFault(ui, fault, false) }
    return await drawFileStep(deps, form, { found, unreadable }, signal)
  },

  async save(deps, job, typed, signal) {
    const answers = answersOf(typed)
    const { path, morePaths, beneath, name } = await filesOf(deps, answers, job)
    const old = job.specification
    const isSame = path === old.path
    const asked = parseImportSpecification({
      ...old,
      path,
      morePaths,
      beneath,
      spooled: old.spooled && isSame,
      ...readingIn(answers),
      ...dialectIn(answers),
    })
    const isUntouched = await isAsGuessed(deps, old, signal)
    const specification = isUntouched
      ? await withGuesses(deps, { ...asked, map: {} }, signal)
      : await fitted(deps, asked, signal)
    return { specification, fileName: name }
  },
}

/** Draws the first step, for a job or before there is one. */
export async function drawFileStep(
  { store, settings: { inboxes, maxUpload } }: AppDeps,
  form: JobFormProps,
  read: Pick<FileStepProps, 'found' | 'unreadable'>,
  signal: AbortSignal,
): Promise<Child> {
  const inbox = await listInbox(inboxes, MAX_FILES, signal)
  const files = { inbox, inboxes, maxUpload }
  const listed = form.job === undefined ? await store.tables.list(store.db, MAX_TABLES) : []
  const tables = listed.filter(({ isView }) => !isView)
  return <FileStep {...form} {...read} {...files} tables={tables} encodings={ENCODINGS} />
}

/** Forgets what was said of columns that the file has not, read as it is now. */
async function fitted(
  deps: AppDeps,
  specification: ImportSpecification,
  signal: AbortSignal,
): Promise<ImportSpecification> {
  const { map, leaveOut } = specification
  const names = await look(
    deps,
    { ...specification, map: {}, leaveOut: [] },
    signal,
    (preview) => preview.names,
  )
  const known = new Set(names)
  return {
    ...specification,
    map: Object.fromEntries(Object.entries(map).filter(([column]) => isKnown(column, known))),
    leaveOut: leaveOut.filter((column) => isKnown(column, known)),
  }
}

function isKnown(column: string, names: Set<string>): boolean {
  const number = /^#(\d+)$/.exec(column)?.[1]
  return names.has(column) || (number !== undefined && Number(number) <= names.size)
}

function answersFor({ specification }: ImportJob): Answers {
  return {
    file: SAME_FILE,
    ...readingAnswers(specification),
    ...dialectAnswers(specification),
  }
}

/** What a page says of a file. */
export function foundIn(ui: Ui, preview: OpenPreview, most: number): FileFound {
  const found = previewSource(preview, most)
  const { size, count, read, faults, names, records } = found
  return {
    dialect: preview.profile.memo,
    headerLine: headerLineOf(preview),
    size,
    count,
    read,
    faults,
    names,
    records: records.map(({ fault, ...record }) => ({
      ...record,
      fault: fault === undefined ? undefined : messageOnPage(ui.language, fault),
    })),
    isMore: most < LONG_PREVIEW && most < read,
  }
}

function headerLineOf({ profile }: OpenPreview): number | undefined {
  const { specification, memo } = profile
  return specification.header && memo.format === 'delimited' ? memo.skipped + 1 : undefined
}
