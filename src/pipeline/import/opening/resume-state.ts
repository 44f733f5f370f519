import { z } from 'zod'
import { sourceState } from '../../known-formats.ts'

/** What every run must find again when it goes on, whatever the format. */
const common = z.object({
  source: z.object({
    // Checkpoints of older versions do not know it: then the hash decides.
    dev: z.number().default(0),
    size: z.number(),
    mtimeMs: z.number(),
    ctimeMs: z.number(),
    ino: z.number(),
    gzip: z.boolean(),
  }),
  sha256: z.string().nullable(),
  /** Name and type of the fields that are filled: a table that changed these is another table. */
  fields: z.array(z.string()),
  /** Fields of the table that have a type since the job made the table after the first records. */
  inferred: z.array(z.string()).default([]),
  /** Whether these types stay, since somebody else uses the table. */
  isFixed: z.boolean().default(false),
  /** What the format remembers from record to record; null where that is nothing. */
  seen: z.unknown().default(null),
  /** Records that were postponed, once the file was read to its end. */
  postponed: z.number().nullable().default(null),
})

/**
 * What a run stores with its checkpoint, and must find again when it goes on: what is common, and
 * the state of the source's format (a union that `format` discriminates).
 */
export const importMemo = z.preprocess(upgraded, common.and(sourceState))
export type ResumeState = z.infer<typeof importMemo>

/** Older versions knew delimited text alone, and named what they remembered of its records. */
function upgraded(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null || 'format' in stored) return stored
  const seen = 'strayed' in stored ? stored.strayed : null
  return { ...stored, format: 'delimited', seen }
}
