import { isFurtherField, SAME_FILE, type Answers } from '../../../views/forms/job-form.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { pathsOf, storedId } from '../../domain/specification/stored-path.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { fileNamesOf } from '../../engine/jobs/new-job.ts'
import type { AppDeps } from '../ground/env.ts'
import { typed } from './form-values.ts'
import { fileOfName, fileOfToken, type FoundFile } from './inbox.ts'

/** The files of a job, in the order in which they are read, and what the job calls them. */
export type ChosenFiles = {
  path: string
  morePaths: string[]
  beneath: string | null
  name: string
}

/**
 * The chosen file, that of the job or one of an inbox, and those that follow it, by their names.
 * @throws InvalidInputError
 */
export async function filesOf(
  { settings: { inboxes } }: Pick<AppDeps, 'settings'>,
  answers: Answers,
  job: Job | undefined,
): Promise<ChosenFiles> {
  const tokens = Object.keys(answers).filter(isFurtherField)
  const ticked = await Promise.all(
    tokens.map((field) => fileOfToken(inboxes, field.slice(field.indexOf(':') + 1))),
  )
  const further = ticked.toSorted((one, other) => (one.name < other.name ? -1 : 1))
  return withFurther(await firstOf(inboxes, answers, job), further)
}

async function firstOf(
  inboxes: string[],
  answers: Answers,
  job: Job | undefined,
): Promise<ChosenFiles> {
  const other = typed(answers, 'otherFile')
  if (other !== undefined) return { ...(await fileOfName(inboxes, other)), morePaths: [] }
  const token = typed(answers, 'file')
  if (token === undefined) throw new InvalidInputError({ problem: 'empty_part' }, { at: ['path'] })
  if (token === SAME_FILE && job?.type === 'import') {
    const { path, morePaths, beneath } = job.specification
    return { path, morePaths, beneath, name: job.file_name }
  }
  return { ...(await fileOfToken(inboxes, token)), morePaths: [] }
}

/** All files of folders must lie in one inbox, which is where they are opened. */
function withFurther(chosen: ChosenFiles, further: FoundFile[]): ChosenFiles {
  const known = pathsOf(chosen)
  const added = further.filter(({ path }) => !known.includes(path))
  const [first] = added
  if (first === undefined) return chosen
  const isOnDisk = known.some((path) => storedId(path) === undefined)
  const beneath = isOnDisk ? chosen.beneath : first.beneath
  const elsewhere = added.find((file) => file.beneath !== beneath)
  if (elsewhere !== undefined) {
    throw new InvalidInputError(
      { problem: 'other_folder', path: elsewhere.name, first: chosen.name },
      { at: ['path'] },
    )
  }
  return {
    path: chosen.path,
    morePaths: [...chosen.morePaths, ...added.map(({ path }) => path)],
    beneath,
    name: fileNamesOf([chosen.name, ...added.map(({ name }) => name)]),
  }
}
