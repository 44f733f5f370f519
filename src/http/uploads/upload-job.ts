import { formatOfName } from '../../domain/formats/formats.ts'
import { parseImportSpecification } from '../../domain/specification/parse-specification.ts'
import { partsOfPlaces, storedPath } from '../../domain/specification/stored-path.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import type { Template } from '../../domain/templates/template.ts'
import { givenLabel, importJob, type NewJob } from '../../engine/jobs/new-job.ts'
import { BLANK } from '../assistant/file-step.tsx'
import { reguessed } from '../assistant/guess-fields.ts'
import { jobOfFiles } from '../assistant/first-job.ts'
import { newTableName } from '../assistant/guess-target.ts'
import { tried } from '../assistant/preview.ts'
import type { ImportJob } from '../assistant/step.ts'
import { filesOfJob, namesOf, withFurther, type ChosenFile } from '../forms/chosen-files.ts'
import type { AppDeps } from '../ground/env.ts'

type Uploaded = { id: string; name: string }

/**
 * The job of uploaded files, into the table of the template or the one that suits it, to be edited. What cannot be read
 * as it is has a job too: its first step says why, and asks how it is read.
 */
export async function uploadJob(
  deps: AppDeps,
  uploaded: Uploaded[],
  template: Template | undefined,
  signal: AbortSignal,
): Promise<NewJob> {
  const [first, ...others] = uploaded.map(chosenOf)
  if (first === undefined) throw new InvalidInputError({ problem: 'no_upload' })
  const files = withFurther([first], others)
  const format = formatOfName(first.name)
  try {
    const answers = { ...BLANK, format: format ?? '' }
    return await jobOfFiles(deps, files, { answers, template }, signal)
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    const table = newTableName(first.name, [])
    const where = partsOfPlaces(files)
    const specification = parseImportSpecification({ ...where, format, table, create: true })
    return importJob(specification, { fileName: namesOf(files) })
  }
}

/**
 * A job that is edited, with uploaded files behind those that it has.
 * @throws InvalidInputError for too many files
 */
export async function withUploads(
  deps: AppDeps,
  job: ImportJob,
  uploaded: Uploaded[],
  signal: AbortSignal,
): Promise<NewJob> {
  const files = withFurther(await filesOfJob(deps.store.db, job), uploaded.map(chosenOf))
  const asked = parseImportSpecification({ ...job.specification, ...partsOfPlaces(files) })
  const { found } = await tried(() => reguessed(deps, job.specification, asked, signal))
  // A first file that cannot be read stays as it is: the page says why.
  const specification = found ?? asked
  return importJob(specification, { fileName: namesOf(files), label: givenLabel(job) })
}

function chosenOf({ id, name }: Uploaded): ChosenFile {
  return { path: storedPath(id), beneath: null, name }
}
