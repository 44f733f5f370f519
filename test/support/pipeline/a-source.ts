import { onTestFinished } from 'vitest'
import { SourceFile } from '../../../src/pipeline/source/source-file.ts'

/** A file that is open as an import has it, and closed when the test is over. */
export async function aSource(path: string): Promise<SourceFile> {
  const source = await SourceFile.open(undefined, { path, beneath: null })
  onTestFinished(() => source.close())
  return source
}
