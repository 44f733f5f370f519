import { UnusableError } from '../../../domain/words/errors.ts'

/**
 * Names the file in what is wrong with it, where an import has several.
 * @throws UnusableError
 */
export async function inFile<Result>(path: string, open: () => Promise<Result>): Promise<Result> {
  try {
    return await open()
  } catch (error) {
    throw named(path, error)
  }
}

export function named(path: string, error: unknown): unknown {
  if (!(error instanceof UnusableError) || 'path' in error.problem) return error
  return new UnusableError({ ...error.problem, in_file: path })
}
