import type { BackgroundHash } from './background-hash.ts'
import { sourceFailure } from './source-failure.ts'
import type { SourceFile } from './source-file.ts'

/**
 * The windows of the source to its end, with a check that it has not changed: a changed file looks
 * truncated or damaged.
 * @throws JobFailure
 */
export async function* soundWindows(
  all: AsyncIterable<void>,
  source: Pick<SourceFile, 'path' | 'check'>,
  hash: BackgroundHash,
): AsyncGenerator<void> {
  try {
    yield* all
    await hash.whole
  } catch (error) {
    const failure = sourceFailure(error, source.path)
    if (failure !== undefined) await source.check()
    throw failure ?? error
  }
  await source.check()
}
