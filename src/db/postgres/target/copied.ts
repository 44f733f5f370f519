import type { DatabaseError } from 'pg'
import { serverError } from '../ground/sql-state.ts'
import type { TableShape } from '../statements/shape.ts'

/** The row, from 0, at which a COPY failed; undefined where the error does not say. */
export function rowCopied(error: unknown, { sql }: TableShape): number | undefined {
  const context = contextOf(serverError(error), sql)
  const [number] = context === undefined ? [] : (/\d+/.exec(context) ?? [])
  return number === undefined ? undefined : Number(number) - 1
}

/** The part after the table's name in `COPY person, line 3, column age: "x"`, in any language. */
function contextOf(said: DatabaseError | undefined, sql: string): string | undefined {
  const lines = said?.where?.split('\n') ?? []
  const line = lines.find((one) => one.startsWith('COPY '))
  const name = plainName(sql)
  return line?.startsWith(`COPY ${name}`) === true ? line.slice(5 + name.length) : undefined
}

/** The table's own name, without its schema. */
export function plainName(sql: string): string {
  const [, name = ''] = /^(?:"(?:[^"]|"")+"|[^".]+)\.(.*)$/s.exec(sql) ?? []
  return name.replace(/^"|"$/g, '').replaceAll('""', '"')
}

/** The field whose value a COPY was reading; null where the error does not say. */
export function columnCopied(said: DatabaseError, { sql, fields }: TableShape): string | null {
  const context = contextOf(said, sql) ?? ''
  const named = fields.filter(({ name }) => context.includes(` ${name}:`))
  return named.toSorted((a, b) => b.name.length - a.name.length)[0]?.name ?? null
}
