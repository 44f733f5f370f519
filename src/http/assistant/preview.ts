import type { ImportSpecification } from '../../domain/specification/specification.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import type { Problem } from '../../domain/words/problems.ts'
import { checkImport } from '../../pipeline/import/plan/check-import.ts'
import { withFiles } from '../../pipeline/import/preview/preview-files.ts'
import type { PreviewOfFiles } from '../../pipeline/import/preview/seen-file.ts'
import { withPreview, type OpenPreview } from '../../pipeline/import/preview/open-preview.ts'
import { fileLooks } from '../forms/file-looks.ts'
import type { AppDeps } from '../ground/env.ts'

/**
 * Reads the beginning of a file for a page, within the limits of file access.
 * @throws InvalidInputError
 */
export async function look<Result>(
  { store }: Pick<AppDeps, 'store'>,
  specification: ImportSpecification,
  asked: AbortSignal,
  use: (preview: OpenPreview) => Promise<Result> | Result,
): Promise<Result> {
  return await fileLooks.look(specification.path, asked, (stopSignal) =>
    withPreview(store, specification, { stopSignal }, use),
  )
}

/** The same for each file by itself, whatever is wrong with the others. */
export async function lookAtFiles<Result>(
  { store }: Pick<AppDeps, 'store'>,
  specification: ImportSpecification,
  asked: AbortSignal,
  use: (preview: PreviewOfFiles) => Promise<Result> | Result,
): Promise<Result> {
  return await fileLooks.look(specification.path, asked, (stopSignal) =>
    withFiles(store, specification, { stopSignal }, use),
  )
}

/** The same for a page that also shows why it cannot be read. */
export async function tryLook<Result>(
  deps: Pick<AppDeps, 'store'>,
  specification: ImportSpecification,
  asked: AbortSignal,
  use: (preview: OpenPreview) => Promise<Result> | Result,
): Promise<Looked<Result>> {
  return await tried(() => look(deps, specification, asked, use))
}

type Looked<Result> = { found: Result; problem: undefined } | { found: undefined; problem: Problem }

/** What was found, or why nothing was. */
export async function tried<Result>(look: () => Promise<Result>): Promise<Looked<Result>> {
  try {
    return { found: await look(), problem: undefined }
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    return { found: undefined, problem: error.problem }
  }
}

/** @throws InvalidInputError for a specification that could only fail */
export async function requireRunnable(
  { store }: Pick<AppDeps, 'store'>,
  specification: ImportSpecification,
  asked: AbortSignal,
): Promise<void> {
  await fileLooks.look(specification.path, asked, (stopSignal) =>
    checkImport(store, specification, { stopSignal }),
  )
}
