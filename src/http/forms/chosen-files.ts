import { createHash } from 'node:crypto'
import { isFurtherField, SAME_FILE, type Answers } from '../../../views/forms/job-form.ts'
import type { Db } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { MOST_FILES } from '../../domain/specification/specification.ts'
import { placesOf, type SourcePlace } from '../../domain/specification/stored-path.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { nameOfFile } from '../../engine/jobs/job-files.ts'
import { fileNamesOf } from '../../engine/jobs/new-job.ts'
import type { AppDeps } from '../ground/env.ts'
import { typed } from './form-values.ts'
import { fileOfName, fileOfToken } from './inbox.ts'

/** A file of a job, and what it is called. */
export type ChosenFile = SourcePlace & { name: string }

/** One or more, in the order in which they are read. */
export type ChosenFiles = [ChosenFile, ...ChosenFile[]]

/**
 * The chosen file, or those of the job, and those of the inboxes that follow, by their names.
 * @throws InvalidInputError
 */
export async function filesOf(
  { store, settings: { inboxes } }: Pick<AppDeps, 'store' | 'settings'>,
  answers: Answers,
  job: Job | undefined,
): Promise<ChosenFiles> {
  const tokens = Object.keys(answers).filter(isFurtherField)
  const ticked = await Promise.all(
    tokens.map((field) => fileOfToken(inboxes, field.slice(field.indexOf(':') + 1))),
  )
  const further = ticked.toSorted((one, other) => (one.name < other.name ? -1 : 1))
  return withFurther(await firstOf(store.db, inboxes, answers, job), further)
}

async function firstOf(
  db: Db,
  inboxes: string[],
  answers: Answers,
  job: Job | undefined,
): Promise<ChosenFiles> {
  const other = typed(answers, 'otherFile')
  if (other !== undefined) return [await fileOfName(inboxes, other)]
  const token = typed(answers, 'file')
  if (token === undefined) throw new InvalidInputError({ problem: 'empty_part' }, { at: ['path'] })
  return token === SAME_FILE && job?.type === 'import'
    ? await filesOfJob(db, job)
    : [await fileOfToken(inboxes, token)]
}

/** The files that a job has, by their own names. */
export async function filesOfJob(
  db: Db,
  { specification, file_name: name }: Extract<Job, { type: 'import' }>,
): Promise<ChosenFiles> {
  const [first, ...others] = placesOf(specification)
  if (others.length === 0) return [{ ...first, name }]
  const named = async (place: SourcePlace) => ({
    ...place,
    name: await nameOfFile(db, place.path),
  })
  return [await named(first), ...(await Promise.all(others.map(named)))]
}

/**
 * With files that are not among them yet.
 * @throws InvalidInputError for more than a job takes
 */
export function withFurther(chosen: ChosenFiles, further: ChosenFile[]): ChosenFiles {
  const known = new Set(chosen.map((file) => file.path))
  const more = further.filter((file) => !known.has(file.path))
  if (chosen.length + more.length > MOST_FILES) throw tooManyFiles(MOST_FILES)
  return [...chosen, ...more]
}

export function tooManyFiles(limit: number): InvalidInputError {
  return new InvalidInputError({ problem: 'too_many_files', limit }, { at: ['morePaths'] })
}

/** What a job calls them. */
export function namesOf(files: ChosenFiles): string {
  return fileNamesOf(files.map(({ name }) => name))
}

/** What a form calls a file of a job: no form sends a path. */
export function fileKey({ path }: Pick<SourcePlace, 'path'>): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16)
}

/**
 * The files after a button was pressed: `up`, `down` or `out`, and the key of a file. What was
 * pressed for a file that is gone changes nothing.
 */
export function arranged(files: ChosenFiles, pressed: string | undefined): ChosenFiles {
  const [act = '', key] = (pressed ?? '').split(' ')
  const at = files.findIndex((file) => fileKey(file) === key)
  const file = files[at]
  if (file === undefined) return files
  const others = files.toSpliced(at, 1)
  if (act === 'up') others.splice(Math.max(0, at - 1), 0, file)
  else if (act === 'down') others.splice(at + 1, 0, file)
  else if (act !== 'out') return files
  const [first, ...rest] = others
  return first === undefined ? files : [first, ...rest]
}
