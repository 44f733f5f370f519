import { types, type CustomTypesConfig } from 'pg'

const { builtins } = types
/** Types read as JavaScript values; a double is parsed from its shortest text. */
const PARSED = new Set<number>([
  builtins.BOOL,
  builtins.BYTEA,
  builtins.INT2,
  builtins.INT4,
  builtins.OID,
  builtins.FLOAT4,
  builtins.FLOAT8,
])

/**
 * How PostgreSQL values are read. What JavaScript can't represent exactly stays the server's text:
 * numeric, JSON, arrays, and dates, whose microseconds a `Date` would lose.
 */
export const VALUE_TYPES: CustomTypesConfig = {
  getTypeParser(id: number, format?: 'text' | 'binary') {
    if (id === builtins.INT8) return integerOf
    if (id === builtins.TIMESTAMPTZ) return instantOf
    return PARSED.has(id) ? types.getTypeParser(id, format) : (text: string) => text
  },
}

function integerOf(text: string): number | string {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : text
}

/** ISO 8601 in UTC, the time zone of every session: `2026-01-31T12:00:00.123456Z`. */
function instantOf(text: string): string {
  return text.replace(' ', 'T').replace(/\+00$/, 'Z')
}
