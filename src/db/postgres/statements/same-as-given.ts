import { keyBytesOf } from '../../../domain/reconcile/key.ts'
import type { Row, Value } from '../../../domain/records/record.ts'
import type { CatalogColumn } from '../tables/read-columns.ts'
import type { CanonicalTexts } from './canonical-texts.ts'
import type { TableShape } from './shape.ts'
import { storedOf } from './wire.ts'

type Pair = { given: Row['values']; texts: (string | null)[] }

/**
 * The stored values of rows, each replaced by the record's value where the two are equal, however
 * they are written.
 */
export async function sameAsGiven(
  { fields }: TableShape,
  canonical: CanonicalTexts,
  pairs: Pair[],
): Promise<Value[][]> {
  for (const [at, column] of fields.entries()) {
    await canonical.learn(
      column,
      pairs.map(({ given }) => given[at]),
    )
  }
  return pairs.map(({ given, texts }) =>
    fields.map((column, at) => storedOrGiven(canonical, column, given[at], texts[at] ?? null)),
  )
}

function storedOrGiven(
  canonical: CanonicalTexts,
  column: CatalogColumn,
  given: Value | undefined,
  text: string | null,
): Value {
  const stored = storedOf(text, column)
  if (stored === null || given === undefined || given === null) return stored
  if (canonical.textOf(stored, column) !== canonical.textOf(given, column)) return stored
  return column.type === 'bytea' ? keyBytesOf(given) : given
}
