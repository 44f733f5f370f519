import { z } from 'zod'
import { columnNames } from '../texts/names.ts'

const MOST_LINES = 1_000_000
const MOST_HEADER_LINES = 20
/** So many records are held back at most. */
const MOST_LAST = 1_000
const MOST_NULLS = 100

/** Where the records of a file begin and end, what its columns are called, and what stands for nothing. */
export const headOptions = {
  header: z.boolean().default(true),
  /** Physical lines above the header, or the first record; null: found out from the file. */
  skip: z.number().int().min(0).max(MOST_LINES).nullable().default(null),
  /** Records at the end that are left out. */
  skipLast: z.number().int().min(0).max(MOST_LAST).default(0),
  /** Records that hold the names, joined; null: found out from the file. */
  headerLines: z.number().int().min(1).max(MOST_HEADER_LINES).nullable().default(null),
  /** Names of the columns, of which the file then has none itself. */
  columns: columnNames.default([]),
  /** Texts that stand for nothing. */
  nulls: z.array(z.string().min(1).max(200)).max(MOST_NULLS).default([]),
}
