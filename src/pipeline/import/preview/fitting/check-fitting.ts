import type { ImportSpecification } from '../../../../domain/specification/specification.ts'
import { UnusableError, type RefusedPart } from '../../../../domain/words/errors.ts'
import { faultsOfChecks } from '../../fields/check-value.ts'
import { fittingPart } from '../../fields/fitting-part.ts'
import { lostFields, withoutLost, type LostField } from '../../fields/lost-fields.ts'
import { checkSample, type CheckedSample } from '../check-sample.ts'
import type { OpenPreview } from '../open-preview.ts'
import { guessLost } from './guess-lost.ts'

/**
 * Checks what fits of a specification that names what file or table lack, with the columns that seem
 * to be meant instead, and says why it cannot run.
 * @returns the preview of that part, too
 */
export function checkFitting(preview: OpenPreview): {
  sample: CheckedSample
  preview: OpenPreview
  /** Everything that is wrong with the checks, else the first. */
  faults: readonly RefusedPart[]
  lost: LostField[]
  /** A specification of this file with the columns that are guessed for the lost ones. */
  withFound(specification: ImportSpecification): ImportSpecification
} {
  try {
    return { sample: checkSample(preview), preview, faults: [], lost: [], withFound }
  } catch (error) {
    if (!(error instanceof UnusableError)) throw error
    const { header, table, profile } = preview
    const given = fittingPart(header, table, profile.specification)
    const lost = guessLost(preview, given, lostFields(header, profile.specification))
    const specification = withoutLost(header, given, lost)
    const fitting = { ...preview, profile: { ...profile, specification } }
    const sample = checkSample(fitting)
    const ofChecks = faultsOfChecks(sample.table.columns, profile.specification)
    const isOfCheck = error.faults[0].at?.[2] === 'checks'
    return {
      sample,
      preview: fitting,
      faults: isOfCheck ? ofChecks : [...error.faults, ...ofChecks],
      lost,
      withFound: (one) => withoutLost(header, one, lost),
    }
  }
}

/** Nothing is lost. */
function withFound(specification: ImportSpecification): ImportSpecification {
  return specification
}
