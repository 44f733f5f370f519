import { checkFitting } from '../../../pipeline/import/preview/fitting/check-fitting.ts'
import type { AppDeps } from '../../ground/env.ts'
import { look } from '../preview.ts'
import type { ImportJob } from '../step.ts'
import { valueFormats } from '../value-formats.ts'

/**
 * Whether values of the file would fit better in another format than the job's: a format of dates
 * that is not the file's reads some of them all the same, and each as another day.
 */
export async function isBetterRead(
  deps: Pick<AppDeps, 'store'>,
  { specification }: ImportJob,
  signal: AbortSignal,
): Promise<boolean> {
  const { sample } = await look(deps, specification, signal, checkFitting)
  return sample.columns.some(({ field, format: guess }, index) => {
    const options = specification.fields[field ?? '']
    const { formats } = valueFormats(sample, field, { guess, options })
    return sample.better(index, formats) !== undefined
  })
}
