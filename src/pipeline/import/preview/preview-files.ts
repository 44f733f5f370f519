import type { SourceBytes, Store } from '../../../db/store.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { placesOf, type SourcePlace } from '../../../domain/specification/stored-path.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import { refusalOf, refusing } from '../../refusing.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { closeAll, openFirst, openFurther } from '../opening/open-files.ts'
import { openImport } from '../opening/source-profile.ts'
import { openGiven } from '../plan/check-import.ts'
import { compareColumns } from './compare-columns.ts'
import { seenOf, type PreviewedFile, type PreviewOfFiles, type SeenFile } from './seen-file.ts'

/** Records that a preview reads: a large file opens as fast as a small one. */
export const PREVIEW_RECORDS = 1_000

/** Records read of each file at least, where they are many. */
const LEAST_RECORDS = 200

/**
 * Reads the beginning of each file of an import, whatever is wrong with the others, and hands them
 * to `use`.
 * @param store undefined to look at files of this machine alone, as if their table were made
 */
export async function withFiles<Result>(
  store: Pick<Store, 'db' | 'tables'> | undefined,
  given: ImportSpecification,
  reading: SourceBytes,
  use: (preview: PreviewOfFiles) => Promise<Result> | Result,
): Promise<Result> {
  const described = store && (() => store.tables.describe(store.db, given.table))
  const table = described && (await refusing(described))
  const open: SourceFile[] = []
  const places = placesOf(given)
  const most = Math.max(LEAST_RECORDS, Math.ceil(PREVIEW_RECORDS / places.length))
  const openPlace = async (place: SourcePlace) => {
    const file = await openGiven(store?.db, place, reading)
    open.push(file)
    return file
  }
  try {
    const [firstPlace, ...others] = places
    const isAlone = others.length === 0
    const first = await seeing(firstPlace, openPlace, async (file) => {
      const profile = await (isAlone ? openImport : openFirst)(given, file, table)
      return await seenOf(profile, file, table, isAlone ? PREVIEW_RECORDS : most)
    })
    const files: PreviewOfFiles['files'] = [first]
    for (const place of others) {
      const other = await seeing(place, openPlace, async (file) => {
        const profile =
          first.seen === undefined
            ? await openImport(given, file, table)
            : await openFurther(given, first.seen.profile, file, table)
        return await seenOf(profile, file, table, most)
      })
      files.push(other)
    }
    const typing = store?.tables.typing ?? 'loose'
    return await refusing(async () => await use(compareColumns({ files, table, typing })))
  } finally {
    await closeAll(open)
  }
}

async function seeing(
  place: SourcePlace,
  open: (place: SourcePlace) => Promise<SourceFile>,
  see: (file: SourceFile) => Promise<SeenFile>,
): Promise<PreviewedFile> {
  const found: PreviewedFile = {
    place,
    name: place.path,
    seen: undefined,
    error: undefined,
    notes: [],
  }
  try {
    const file = await open(place)
    found.name = file.path
    const seen = await refusing(() => see(file))
    return { ...found, seen, error: file.failure && refusalOf(file.failure) }
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    return { ...found, error }
  }
}
