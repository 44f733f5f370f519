import { z } from 'zod'
import {
  MISSING_COLUMNS,
  NO_CHARACTER,
  SURPLUS_COLUMNS,
} from '../../../../domain/formats/delimited/delimited-options.ts'
import { ENCODINGS } from '../../../encodings/encoding-names.ts'

/** All that is needed to parse a source. */
export const dialect = z.object({
  encoding: z.enum(ENCODINGS),
  delimiter: z.string(),
  quote: z.string().default('"'),
  escape: z.string().default(NO_CHARACTER),
  recordEnd: z.string().nullable().default(null),
  comment: z.string().nullable().default(null),
  trim: z.boolean().default(false),
  mergeDelimiters: z.boolean().default(false),
  multiline: z.boolean().default(true),
  missingColumns: z.enum(MISSING_COLUMNS).default('reject'),
  surplusColumns: z.enum(SURPLUS_COLUMNS).default('reject'),
})
export type Dialect = z.infer<typeof dialect>

/** A dialect whose missing options have defaults. */
export type GivenDialect = z.input<typeof dialect>

export const USUAL_DIALECT: Dialect = dialect.parse({ encoding: 'utf-8', delimiter: ',' })

/** Quotes with different opening and closing marks; all others use one mark for both. */
const PAIRS: Record<string, string> = { '“': '”', '‘': '’', '«': '»', '„': '“', '‚': '‘' }

/** The opening and the closing quote. */
export function quotePair({ quote }: Pick<Dialect, 'quote'>): { open: string; close: string } {
  return { open: quote, close: PAIRS[quote] ?? quote }
}
