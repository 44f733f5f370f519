import { ImportForm } from '../../../views/forms/import-form.tsx'
import { SAME_FILE, type Answers, type FormBase } from '../../../views/forms/job-form.ts'
import { parseImportSpecification } from '../../domain/specification/parse-specification.ts'
import { partsOfPlaces } from '../../domain/specification/stored-path.ts'
import { parseNames, formatNames } from '../../domain/texts/input-parsing.ts'
import { importsAlike } from '../../engine/jobs/imports-alike.ts'
import { importJob, type NewJob } from '../../engine/jobs/new-job.ts'
import { checkImport } from '../../pipeline/import/plan/check-import.ts'
import { ENCODINGS } from '../../pipeline/encodings/encoding-names.ts'
import { requireNew, type Alike } from '../../pipeline/import/plan/require-new.ts'
import { isTicked, tick, typed } from './form-values.ts'
import type { AppDeps } from '../ground/env.ts'
import { fileLooks } from './file-looks.ts'
import { filesOf, namesOf } from './chosen-files.ts'
import { listInbox } from './inbox.ts'
import { MAX_TABLES, type FilledBy, type JobForm } from './job-form.ts'
import { amountIn, amountText, readingAnswers, readingIn } from './reading-answers.ts'

export const MAX_FILES = 200

export const importForm: JobForm = {
  blank: { header: 'yes', doubles: 'update' },
  fromJob,
  toJob,
  async draw({ store, settings: { inboxes } }, form, signal) {
    const inbox = await listInbox(inboxes, MAX_FILES, signal)
    const tables = await store.tables.list(store.db, MAX_TABLES)
    return (
      <ImportForm {...form} inbox={inbox} inboxes={inboxes} tables={tables} encodings={ENCODINGS} />
    )
  },
}

/** The answers that lead to the specification of a job. */
function fromJob({ type, specification, label, file_name: fileName }: FilledBy): Answers {
  if (type !== 'import') return importForm.blank
  const usual = importJob(specification, { fileName }).label
  const { maxRejects } = specification
  return {
    file: SAME_FILE,
    table: specification.table,
    create: tick(specification.create),
    key: formatNames(specification.key),
    operation: specification.operation,
    doubles: specification.doubles,
    duplicates: specification.duplicates,
    label: label === usual ? '' : label,
    ...readingAnswers(specification),
    maxRejects: amountText(maxRejects),
    keepGoing: tick(!specification.stopIfAllRejected),
    dryRun: tick(specification.dryRun),
    trace: tick(specification.trace),
  }
}

async function toJob(
  deps: AppDeps,
  answers: Answers,
  base: FormBase,
  stopSignal: AbortSignal,
): Promise<NewJob> {
  const { job, template } = base
  const files = await filesOf(deps, answers, job)
  const { path } = files[0]
  const key = typed(answers, 'key')
  const specification = parseImportSpecification({
    // What no field shows stays as it was.
    ...(job?.type === 'import' ? job.specification : template?.parts),
    ...partsOfPlaces(files),
    spooled: job?.type === 'import' && job.specification.spooled && job.specification.path === path,
    table: typed(answers, 'table') ?? '',
    create: isTicked(answers, 'create'),
    key: key === undefined ? [] : parseNames(key, ['key']),
    operation: typed(answers, 'operation'),
    doubles: typed(answers, 'doubles'),
    duplicates: typed(answers, 'duplicates'),
    ...readingIn(answers),
    maxRejects: amountIn(answers, 'maxRejects'),
    stopIfAllRejected: !isTicked(answers, 'keepGoing'),
    dryRun: isTicked(answers, 'dryRun'),
    trace: isTicked(answers, 'trace'),
  })
  await fileLooks.look(path, stopSignal, (signal) =>
    checkImport(deps.store, specification, { stopSignal: signal }),
  )
  const made = importJob(specification, { label: answers.label, fileName: namesOf(files) })
  // Asked last, when nothing else is to be mended.
  if (!isTicked(answers, 'again')) {
    const { store } = deps
    const find: Alike['find'] = (file) => importsAlike(store.db, file)
    await fileLooks.look(path, stopSignal, (signal) =>
      requireNew(store, specification, { find, stopSignal: signal }),
    )
  }
  return made
}
