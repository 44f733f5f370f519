import { z } from 'zod'
import { sourceState } from '../../known-formats.ts'
import { stamps } from './stamps.ts'

const description = z.object({
  // Missing in checkpoints of older versions: then the hash decides.
  dev: z.number().default(0),
  size: z.number(),
  mtimeMs: z.number(),
  ctimeMs: z.number(),
  ino: z.number(),
  gzip: z.boolean(),
})

/** A file after the first. */
const furtherFile = z.object({
  /** Its path, or the name of a stored file. */
  name: z.string(),
  source: description,
  sha256: z.string().nullable(),
  /** The place of its first record, and the number of empty lines above. */
  start: z.object({ offset: z.number().nullable(), line: z.number().nullable() }),
  empty: z.number(),
  /** Number of records in the files before it; null until it is read. */
  before: z.number().nullable(),
  /**
   * Number of lines in the files before it, at most one too many for each; null until it is read,
   * in a format without lines, and in states of older versions.
   */
  lines: z.number().nullable().default(null),
  /** How it is read; null: as the first. */
  state: sourceState.nullable(),
})
export type FurtherFile = z.infer<typeof furtherFile>

/** The stored state of every import, whatever the format. */
const common = z.object({
  /** The path of the first file, or the name of a stored one; null in states of older versions. */
  name: z.string().nullable().default(null),
  source: description,
  sha256: z.string().nullable(),
  others: z.array(furtherFile).default([]),
  /** Name and type of the filled fields: if they change, it is another table. */
  fields: z.array(z.string()),
  /** Fields with a type that the job inferred from the first records. */
  inferred: z.array(z.string()).default([]),
  /** Whether these types are final, because others use the table. */
  isFixed: z.boolean().default(false),
  /** null in states of older versions, and before there is a job. */
  stamps: stamps.nullable().default(null),
  /** State that the format keeps between records; null if there is none. */
  seen: z.unknown().default(null),
  /** Number of postponed records at the end of the file; null before. */
  postponed: z.number().nullable().default(null),
})

/**
 * The stored state of an import in its checkpoint: the common part and that of the source's format
 * (a union discriminated by `format`).
 */
export const importState = z.preprocess(upgraded, common.and(sourceState))
export type ResumeState = z.infer<typeof importState>

/** Older versions had delimited text only, and another name for `seen`. */
function upgraded(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null || 'format' in stored) return stored
  const seen = 'strayed' in stored ? stored.strayed : null
  return { ...stored, format: 'delimited', seen }
}
