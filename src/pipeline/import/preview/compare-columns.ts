import { InvalidInputError, UnusableError } from '../../../domain/words/errors.ts'
import { withOthers } from '../opening/open-files.ts'
import { futureTable } from '../plan/future-table.ts'
import { inferTable } from '../plan/infer-table.ts'
import { mapColumns } from '../plan/mapping.ts'
import { planOf, type ImportPlan } from '../plan/match-table.ts'
import { requireFileAlike } from '../several/plans.ts'
import type { PreviewedFile, PreviewOfFiles } from './seen-file.ts'

/**
 * The files, each with what its columns lack or have too much beside those of the first. What is
 * wrong with the first one itself is for others to tell.
 */
export function compareColumns(preview: PreviewOfFiles): PreviewOfFiles {
  const [first, ...others] = preview.files
  const readable = others.filter(({ seen, error }) => seen !== undefined && error === undefined)
  const plan = readable.length === 0 ? undefined : planFor(preview, readable)
  if (plan === undefined || first.seen === undefined) return preview
  const { specification } = first.seen.profile
  const compared = others.map((file): PreviewedFile => {
    const at = readable.indexOf(file)
    if (at === -1) return file
    try {
      return { ...file, notes: requireFileAlike(plan, specification, at + 1) }
    } catch (error) {
      if (!(error instanceof UnusableError)) throw error
      return { ...file, error: new InvalidInputError(error.problem, { cause: error }) }
    }
  })
  return { ...preview, files: [first, ...compared] }
}

/** How the first file fills the table; undefined if it cannot. */
function planFor(
  { files: [first], table, typing }: PreviewOfFiles,
  readable: PreviewedFile[],
): ImportPlan | undefined {
  if (first.seen === undefined) return undefined
  const { profile, header } = first.seen
  const { specification } = profile
  const others = readable.flatMap(({ seen }) => (seen === undefined ? [] : [seen.profile]))
  const { memo } = withOthers(profile, others)
  const target = table ?? futureTable(inferTable(header, [], specification), typing)
  try {
    return planOf(target, mapColumns(header, target, specification), { specification, memo })
  } catch (error) {
    if (error instanceof UnusableError) return undefined
    throw error
  }
}
