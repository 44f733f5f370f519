import type { PoolClient } from 'pg'
import type { Value } from '../../../domain/records/record.ts'
import type { CatalogColumn } from '../tables/read-columns.ts'
import { inSavepoint } from './savepoint.ts'
import { wireOf } from './wire.ts'
import { isRefusal } from '../ground/sql-state.ts'

type Rule = (text: string) => string

const asIs: Rule = (text) => text

/** Canonical forms for equal values of a type, for types that need no server. */
const RULES: Record<string, Rule> = {
  int2: asIs,
  int4: asIs,
  int8: asIs,
  numeric: decimalOf,
  float4: (text) => String(Math.fround(Number(text)) + 0),
  float8: (text) => String(Number(text) + 0),
  text: asIs,
  varchar: asIs,
  name: asIs,
  bpchar: (text) => text.replace(/ +$/, ''),
  citext: asIs,
  bool: (text) => (['1', 't', 'true'].includes(text) ? '1' : '0'),
  date: asIs,
  bytea: asIs,
}

/** Whether only the server knows if a text is a value of the column. */
export function isLeftToServer({ type, isDomain }: CatalogColumn): boolean {
  return isDomain || RULES[type] === undefined
}

/** One form for all spellings of a number, with any zeros and exponent. */
export function decimalOf(text: string): string {
  const [, sign = '', whole = '', decimals = '', power = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? []
  const digits = `${whole}${decimals}`.replace(/^0+/, '')
  const plain = digits.replace(/0+$/, '')
  if (plain === '') return /\d/.test(text) ? '0' : text
  const exponent = Number(power) - decimals.length + digits.length - plain.length
  return `${sign === '-' ? '-' : ''}${plain}e${exponent}`
}

/**
 * CanonicalTexts texts, which are equal exactly where the server treats the values as equal. For most
 * types they follow from the text; for others, such as times and JSON, the server is asked, in
 * batches.
 */
export class CanonicalTexts {
  readonly #client: PoolClient
  readonly #known = new Map<string, Map<string, string | Error>>()

  constructor(client: PoolClient) {
    this.#client = client
  }

  /** Asks the server for the canonical texts of these values, where needed. */
  async learn(column: CatalogColumn, values: (Value | undefined)[]): Promise<void> {
    if (RULES[column.type] !== undefined) return
    const known = this.#of(column)
    const texts = values.flatMap((value) => wireOf(value, column) ?? [])
    const unknown = [...new Set(texts)].filter((text) => !known.has(text))
    if (unknown.length > 0) await this.#ask(column, unknown)
  }

  /** The value must have been learned, where its type needs that. */
  textOf(value: Value, column: CatalogColumn): string {
    const text = wireOf(value, column) ?? ''
    const rule = RULES[column.type]
    if (rule !== undefined) return rule(text)
    const known = this.#of(column).get(text)
    return typeof known === 'string' ? known : text
  }

  /** The same for a key: citext ignores case. */
  keyOf(value: Value, column: CatalogColumn): string {
    const text = this.textOf(value, column)
    return column.type === 'citext' ? text.toLowerCase() : text
  }

  /** The server's error for an invalid value, where it was learned. */
  faultOf(value: Value | undefined, column: CatalogColumn): Error | undefined {
    if (value === undefined || value === null || RULES[column.type] !== undefined) return undefined
    const known = this.#of(column).get(wireOf(value, column) ?? '')
    return known instanceof Error ? known : undefined
  }

  #of({ name }: CatalogColumn): Map<string, string | Error> {
    const known = this.#known.get(name) ?? new Map<string, string | Error>()
    this.#known.set(name, known)
    return known
  }

  /** Bisects where a value is invalid. */
  async #ask(column: CatalogColumn, texts: string[]): Promise<void> {
    const known = this.#of(column)
    try {
      const rows = await inSavepoint(this.#client, async () => await this.#cast(column, texts))
      texts.forEach((text, at) => known.set(text, rows[at] ?? text))
    } catch (error) {
      if (!isRefusal(error) || !(error instanceof Error)) throw error
      const [only] = texts
      if (texts.length === 1 && only !== undefined) return void known.set(only, error)
      const half = Math.ceil(texts.length / 2)
      await this.#ask(column, texts.slice(0, half))
      await this.#ask(column, texts.slice(half))
    }
  }

  async #cast({ sqlType, sqlDeclared }: CatalogColumn, texts: string[]): Promise<string[]> {
    const { rows } = await this.#client.query<[string]>({
      text: `select given::${sqlType}::${sqlDeclared}::text
             from unnest($1::text[]) with ordinality as one (given, place) order by place`,
      values: [texts],
      rowMode: 'array',
    })
    return rows.map(([text]) => text)
  }
}
