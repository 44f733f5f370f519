import { formatOfName, type FormatName } from '../../../domain/formats/formats.ts'
import type { TableInfo } from '../../../domain/records/table.ts'
import { placesOf, type SourcePlace } from '../../../domain/specification/stored-path.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { UnusableError } from '../../../domain/words/errors.ts'
import { formatNamed, sourceState } from '../../known-formats.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { columnPlaces } from './column-places.ts'
import { inFile } from './in-file.ts'
import { importState, type FurtherFile, type ResumeState } from './resume-state.ts'
import { openImport, type SourceProfile } from './source-profile.ts'

/** Opens all files of an import; where one cannot be opened, none stays open. */
export async function openEach(
  specification: ImportSpecification,
  open: (place: SourcePlace) => Promise<SourceFile>,
): Promise<SourceFile[]> {
  const files: SourceFile[] = []
  try {
    for (const place of placesOf(specification)) files.push(await open(place))
    return files
  } catch (error) {
    await closeAll(files)
    throw error
  }
}

export async function closeAll(files: Pick<SourceFile, 'close'>[]): Promise<void> {
  for (const file of files) await file.close()
}

/**
 * Opens the files of an import before its first record. How each is written is found out by itself,
 * as far as the specification does not say it; all are of the format of the first.
 * @throws UnusableError that names the file, where they are several
 */
export async function openFiles(
  given: ImportSpecification,
  [first, ...others]: SourceFile[],
  table: TableInfo | undefined,
): Promise<SourceProfile> {
  if (first === undefined) throw new Error('an import has a file')
  if (others.length === 0) return await openImport(given, first, table)

  const profile = await openFirst(given, first, table)
  const opened: SourceProfile[] = []
  for (const file of others) opened.push(await openFurther(given, profile, file, table))
  return withOthers(profile, opened)
}

/** Opens the first of several files. @throws UnusableError that names it */
export async function openFirst(
  given: ImportSpecification,
  file: SourceFile,
  table: TableInfo | undefined,
): Promise<SourceProfile> {
  const profile = await inFile(file.path, () => openImport(given, file, table))
  if (profile.header.length > 0) return profile
  throw new UnusableError({ problem: 'empty_file', path: file.path })
}

/** Opens one that follows. @throws UnusableError that names it */
export async function openFurther(
  given: ImportSpecification,
  first: SourceProfile,
  file: SourceFile,
  table: TableInfo | undefined,
): Promise<SourceProfile> {
  requireNamedAlike(first, file)
  const other = await inFile(file.path, () => openImport(given, file, table))
  const { format } = other.memo
  if (format !== first.memo.format) throw otherFormat(first, file, format)
  return withColumnsOf(first, other)
}

/** The first file and those that follow, as one source. */
export function withOthers(first: SourceProfile, others: SourceProfile[]): SourceProfile {
  const memo = { ...first.memo, others: others.map((one) => furtherFileOf(one, first.memo)) }
  const all = [first, ...others]
  return {
    ...first,
    memo,
    others,
    async sample(limit) {
      const each = Math.ceil(limit / all.length)
      const samples = []
      for (const file of all) {
        const places = columnPlaces(first.header, file.header)
        const records = await file.sample(each)
        samples.push(...records.map((fields) => places.map((at) => fields[at])))
      }
      return samples
    },
  }
}

/** A file name that says another format than the first is trusted. */
function requireNamedAlike(first: SourceProfile, file: SourceFile): void {
  const { format } = first.memo
  const named = formatOfName(file.path) ?? format
  const isAlike = named === format || named === formatOfName(first.path)
  if (!isAlike) throw otherFormat(first, file, named)
}

function otherFormat(first: SourceProfile, { path }: SourceFile, found: FormatName): UnusableError {
  const { format } = first.memo
  return new UnusableError({ problem: 'other_format', path, found, first: first.path, format })
}

/** A format whose records need not have all columns takes those of the first file, too. */
function withColumnsOf(first: SourceProfile, other: SourceProfile): SourceProfile {
  const format = formatNamed(other.memo.format)
  if (format.mayLackColumns !== true) return other
  const header = [...new Set([...first.header, ...other.header])]
  const memo = importState.parse({ ...other.memo, header })
  return { ...other, memo, header, reader: format.restore(memo) }
}

function furtherFileOf({ memo, start, empty, path }: SourceProfile, first: ResumeState) {
  const state = sourceState.parse(memo)
  const isAlike = JSON.stringify(state) === JSON.stringify(sourceState.parse(first))
  const { source, sha256 } = memo
  const { offset, line } = start
  const file = {
    name: path,
    source,
    sha256,
    start: { offset, line },
    empty,
    before: null,
    lines: null,
  }
  return { ...file, state: isAlike ? null : state } satisfies FurtherFile
}
