import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { endingOf, type FormatName } from '../../../domain/formats/formats.ts'
import type { ExportJob } from '../../../domain/jobs/job.ts'
import {
  STANDARD_STREAM,
  type ExportSpecification,
} from '../../../domain/specification/specification.ts'
import { storedId, storedPath } from '../../../domain/specification/stored-path.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import { resolvePlace } from '../../../pipeline/export/output-path.ts'
import { isThere } from '../../../pipeline/export/part-file.ts'
import type { AppDeps } from '../../ground/env.ts'

/** Bytes: behind it comes what tells a part file, and a name on a disk has 255. */
const MAX_FILE_NAME = 200

/** What no system takes in a name, what turns the direction of reading, and halves of characters. */
const NOT_IN_NAMES = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069/\\:*?"<>|]/gu

type Place = Pick<ExportSpecification, 'path' | 'place'>
type Settings = AppDeps['settings']

/** Where a result of this name is written: into the database, or the output folder. */
export async function newPlace({ files, outbox }: Settings, fileName: string): Promise<Place> {
  if (files === 'database') return { path: storedPath(randomUUID()), place: null }
  const file = path.resolve(outbox, fileName)
  return { path: file, place: await resolvePlace(file).catch(() => null) }
}

/** A job's own place, which may be anywhere, or a new one under another name. */
export async function placeFor(
  settings: Settings,
  { file_name, specification: { path: file, place } }: ExportJob,
  fileName: string,
): Promise<Place> {
  const isSame = fileName === file_name && file !== STANDARD_STREAM
  return isSame ? { path: file, place } : await newPlace(settings, fileName)
}

/**
 * The name that was typed; the name that a job has already may be of another making.
 * @throws InvalidInputError
 */
export function plainName(name: string, known: string): string {
  const isPlain = name !== '' && !name.startsWith('.') && name.search(NOT_IN_NAMES) === -1
  if ((isPlain && Buffer.byteLength(name) <= MAX_FILE_NAME) || name === known) return name
  throw new InvalidInputError({ problem: 'not_plain_name' }, { at: ['path'] })
}

type Written = { table: string; format: FormatName; gzip: boolean }

/** A name after the table, with a number where there is such a file. */
export async function freeName(settings: Settings, asked: Written): Promise<string> {
  for (let number = 1; ; number++) {
    const name = usualName(asked, number === 1 ? '' : `-${number}`)
    if (settings.files === 'database') return name
    if (!(await isThere(path.resolve(settings.outbox, name)))) return name
  }
}

/** Far shorter than may be, for what comes behind it. */
const MAX_STEM = 40

function usualName({ table, format, gzip }: Written, suffix: string): string {
  return `${stemOf(table)}${suffix}.${endingOf(format)}${gzip ? '.gz' : ''}`
}

/** What the name of a file that is named after a table begins with. */
export function stemOf(table: string): string {
  const plain = table.replace(NOT_IN_NAMES, '_').replace(/^[._\s]+/, '')
  return [...plain].slice(0, MAX_STEM).join('') || 'export'
}

/** @throws InvalidInputError where there is a file that was not to be replaced */
export async function requireReplaceable({
  specification: { path: file, replace },
  file_name: name,
}: ExportJob): Promise<void> {
  if (storedId(file) !== undefined || file === STANDARD_STREAM || replace) return
  if (await isThere(file)) {
    throw new InvalidInputError({ problem: 'file_there', name }, { at: ['path'] })
  }
}

/** The folder of a result that lies in a folder. */
export function folderOf({ specification: { path: file } }: ExportJob): string | undefined {
  const isElsewhere = file === STANDARD_STREAM || storedId(file) !== undefined
  return isElsewhere ? undefined : path.dirname(file)
}
