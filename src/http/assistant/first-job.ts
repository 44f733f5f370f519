import type { Answers } from '../../../views/forms/job-form.ts'
import { parseImportSpecification } from '../../domain/specification/parse-specification.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import { partsOfPlaces } from '../../domain/specification/stored-path.ts'
import { tableOf, type Template } from '../../domain/templates/template.ts'
import { importJob, type NewJob } from '../../engine/jobs/new-job.ts'
import { dialectIn } from '../forms/delimited-answers.ts'
import { namesOf, type ChosenFiles } from '../forms/chosen-files.ts'
import { readingIn } from '../forms/reading-answers.ts'
import type { AppDeps } from '../ground/env.ts'
import { withGuesses } from './guess-fields.ts'
import { inSpellingOf } from './fields/in-spelling-of.ts'
import { guessTarget } from './guess-target.ts'
import { look } from './preview.ts'

/**
 * The job of files that are read as the answers or a template say, into the table of the template or
 * else the one that suits the file.
 * @throws InvalidInputError
 */
export async function jobOfFiles(
  deps: AppDeps,
  files: ChosenFiles,
  asked: { answers: Answers; template?: Template | undefined },
  signal: AbortSignal,
): Promise<NewJob> {
  const { answers, template } = asked
  const said: Said = template?.parts ?? { ...readingIn(answers), ...dialectIn(answers) }
  const [fileName, where] = [namesOf(files), partsOfPlaces(files)]
  if (template !== undefined && tableOf(template) !== undefined) {
    const specification = parseImportSpecification({ ...said, ...where })
    return { ...importJob(specification, { fileName }), template: template.key }
  }
  const read = parseImportSpecification({ ...said, ...where, table: 'unknown' })
  // A table that is made is named after the first of them.
  const specification = await intoSuitingTable(
    deps,
    { said, read, fileName: files[0].name },
    signal,
  )
  return { ...importJob(specification, { fileName }), template: template?.key }
}

/** What a template or a form says of an import. */
type Said = Readonly<Record<string, unknown>>

/** What is said stays; the table, and what is not said, are guessed. */
async function intoSuitingTable(
  deps: AppDeps,
  { said, read, fileName }: { said: Said; read: ImportSpecification; fileName: string },
  signal: AbortSignal,
): Promise<ImportSpecification> {
  const target = await look(deps, read, signal, (preview) =>
    guessTarget(deps.store, preview, fileName),
  )
  const { operation, duplicates } = said
  const { key, map, fields, types } = read
  const specification = parseImportSpecification({
    ...read,
    operation,
    duplicates,
    ...target,
    ...(key.length > 0 ? { key } : {}),
  })
  const guessed = await withGuesses(deps, specification, signal)
  const { tables, db } = deps.store
  const table = await tables.describe(db, specification.table)
  // What is said of a field takes the place of what is guessed, whatever its spelling is.
  const spelled =
    table === undefined ? { fields, types } : inSpellingOf(table, { ...read, key: [] })
  return {
    ...guessed,
    map: Object.keys(map).length > 0 ? map : guessed.map,
    fields: { ...guessed.fields, ...spelled.fields },
    types: { ...guessed.types, ...spelled.types },
  }
}
