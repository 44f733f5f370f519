import { formatOfName } from '../../domain/formats/formats.ts'
import { parseImportSpecification } from '../../domain/specification/parse-specification.ts'
import { storedPath } from '../../domain/specification/stored-path.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import type { Template } from '../../domain/templates/template.ts'
import type { NewJob } from '../../engine/jobs/jobs.ts'
import { importJob } from '../../engine/jobs/new-job.ts'
import { BLANK } from '../assistant/file-step.tsx'
import { jobOfFile } from '../assistant/first-job.ts'
import { newTableName } from '../assistant/guess-target.ts'
import type { AppDeps } from '../ground/env.ts'

/**
 * The job of an uploaded file, into the table of the template or the one that suits it, to be edited. A file that cannot be read
 * as it is has a job too: its first step says why, and asks how it is read.
 */
export async function uploadJob(
  deps: AppDeps,
  { id, name }: { id: string; name: string },
  template: Template | undefined,
  signal: AbortSignal,
): Promise<NewJob> {
  const [path, format] = [storedPath(id), formatOfName(name)]
  try {
    const answers = { ...BLANK, format: format ?? '' }
    return await jobOfFile(deps, { path, beneath: null, name }, { answers, template }, signal)
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    const table = newTableName(name, [])
    const specification = parseImportSpecification({ path, format, table, create: true })
    return importJob(specification, { fileName: name })
  }
}
