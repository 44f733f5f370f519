import type { AssistantStep } from '../../../views/assistant/steps.ts'
import type { Answers } from '../../../views/forms/job-form.ts'
import { parseImportSpecification } from '../../domain/specification/parse-specification.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import { tableOf, type Template } from '../../domain/templates/template.ts'
import type { NewJob } from '../../engine/jobs/jobs.ts'
import { importJob } from '../../engine/jobs/new-job.ts'
import { dialectIn } from '../forms/delimited-answers.ts'
import type { fileOf } from '../forms/import-form.tsx'
import { readingIn } from '../forms/reading-answers.ts'
import type { AppDeps } from '../ground/env.ts'
import { withGuesses } from './guess-fields.ts'
import { guessTarget } from './guess-target.ts'
import { look } from './preview.ts'

type ChosenFile = Awaited<ReturnType<typeof fileOf>>

/**
 * The job of a file that is read as the answers or a template say, into the table of the template or
 * else the one that suits the file.
 * @throws InvalidInputError
 */
export async function jobOfFile(
  deps: AppDeps,
  file: ChosenFile,
  asked: { answers: Answers; template?: Template | undefined },
  signal: AbortSignal,
): Promise<NewJob> {
  const { answers, template } = asked
  const said = template?.parts ?? { ...readingIn(answers), ...dialectIn(answers) }
  const { path, beneath, name: fileName } = file
  if (template !== undefined && tableOf(template) !== undefined) {
    const specification = parseImportSpecification({ ...said, path, beneath })
    return { ...importJob(specification, { fileName }), template: template.key }
  }
  const read = parseImportSpecification({ ...said, path, beneath, table: 'unknown' })
  const specification = await intoSuitingTable(deps, read, fileName, signal)
  return { ...importJob(specification, { fileName }), template: template?.key }
}

/** What is looked at first: a template with a table leaves nothing but the start. */
export function stepWith(template: Template | undefined): AssistantStep {
  return template !== undefined && tableOf(template) !== undefined ? 'try' : 'file'
}

async function intoSuitingTable(
  deps: AppDeps,
  read: ImportSpecification,
  fileName: string,
  signal: AbortSignal,
): Promise<ImportSpecification> {
  const target = await look(deps, read, signal, (preview) =>
    guessTarget(deps.store, preview, fileName),
  )
  const specification = parseImportSpecification({
    ...read,
    operation: undefined,
    duplicates: undefined,
    ...target,
  })
  return await withGuesses(deps, specification, signal)
}
