import type { ImportSpecification } from '../../domain/specification/specification.ts'
import { importsAlike } from '../../engine/jobs/imports-alike.ts'
import { phrase } from '../../i18n/catalogue.ts'
import { requireNew } from '../../pipeline/import/plan/require-new.ts'
import { printToStderr } from '../output/print.ts'
import type { Call } from '../ground/session.ts'

/** Bytes of a file that takes noticeably long to compare. */
const LARGE = 100_000_000

/**
 * Refuses to import the same file into the same table twice, unless --again is given.
 * @throws InvalidInputError
 */
export async function refuseRepeatedImport(
  { store, config }: Call,
  specification: ImportSpecification,
  options: unknown,
): Promise<void> {
  if (isGiven(options)) return
  await requireNew(store, specification, {
    find: (file) => importsAlike(store.db, file),
    onCompare({ path, size }) {
      if (!process.stderr.isTTY || size < LARGE) return
      printToStderr(phrase(config.language, 'comparing', { path }))
    },
  })
}

function isGiven(options: unknown): boolean {
  return (
    typeof options === 'object' && options !== null && 'again' in options && options.again === true
  )
}
