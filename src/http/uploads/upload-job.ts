import { formatOfName } from '../../domain/formats/formats.ts'
import { parseImportSpecification } from '../../domain/specification/parse-specification.ts'
import { storedPath } from '../../domain/specification/stored-path.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import type { Template } from '../../domain/templates/template.ts'
import type { NewJob } from '../../engine/jobs/jobs.ts'
import { fileNamesOf, importJob } from '../../engine/jobs/new-job.ts'
import { BLANK } from '../assistant/file-step.tsx'
import { jobOfFiles } from '../assistant/first-job.ts'
import { newTableName } from '../assistant/guess-target.ts'
import type { AppDeps } from '../ground/env.ts'

/**
 * The job of uploaded files, into the table of the template or the one that suits it, to be edited. What cannot be read
 * as it is has a job too: its first step says why, and asks how it is read.
 */
export async function uploadJob(
  deps: AppDeps,
  [first, ...others]: { id: string; name: string }[],
  template: Template | undefined,
  signal: AbortSignal,
): Promise<NewJob> {
  if (first === undefined) throw new InvalidInputError({ problem: 'no_upload' })
  const [path, format] = [storedPath(first.id), formatOfName(first.name)]
  const morePaths = others.map(({ id }) => storedPath(id))
  const name = fileNamesOf([first, ...others].map((file) => file.name))
  try {
    const answers = { ...BLANK, format: format ?? '' }
    return await jobOfFiles(
      deps,
      { path, morePaths, beneath: null, name },
      { answers, template },
      signal,
    )
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    const table = newTableName(first.name, [])
    const specification = parseImportSpecification({ path, morePaths, format, table, create: true })
    return importJob(specification, { fileName: name })
  }
}
