import { z } from 'zod'
import { columnNames } from '../texts/names.ts'

const MAX_SKIPPED_LINES = 1_000_000
const MAX_HEADER_LINES = 20
/** Skipped records at the end are buffered in memory, so their number is limited. */
const MAX_SKIPPED_LAST = 1_000
const MAX_NULLS = 100

/** Where the records of a file begin and end, the names of its columns, and its texts for NULL. */
export const headOptions = {
  header: z.boolean().default(true),
  /** Physical lines above the header or the first record; null: detected from the file. */
  skip: z.number().int().min(0).max(MAX_SKIPPED_LINES).nullable().default(null),
  /** Records to skip at the end. */
  skipLast: z.number().int().min(0).max(MAX_SKIPPED_LAST).default(0),
  /** Number of header records, whose names are joined; null: detected from the file. */
  headerLines: z.number().int().min(1).max(MAX_HEADER_LINES).nullable().default(null),
  /** Names of the columns, for a file that has no header. */
  columns: columnNames.default([]),
  /** Texts that mean NULL. */
  nulls: z.array(z.string().min(1).max(200)).max(MAX_NULLS).default([]),
}
