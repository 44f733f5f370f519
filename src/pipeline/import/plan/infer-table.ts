import type { NewTable } from '../../../db/store.ts'
import type { Message } from '../../../domain/words/messages.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { shorten } from '../../../domain/texts/shorten.ts'
import type { SampleRecord } from '../opening/source-profile.ts'
import { textOfValue } from '../../values/typed-value.ts'
import { inferType, inferTyped, keptAsText } from '../../values/infer-type.ts'
import { uniqueNames } from '../../values/unique-names.ts'
import { finder, foldName } from '../../values/find-name.ts'
import { fieldNamesFor } from './source-names.ts'

export type InferredTable = NewTable & {
  /** Fields with a type that the records suggest; it may turn out too narrow. */
  inferred: string[]
  /** Messages about these types. */
  reasons: Message[]
}

/** Infers types with which every value of the first records round-trips. */
export function inferTable(
  header: string[],
  records: SampleRecord[],
  specification: ImportSpecification,
  { isTyped }: { isTyped: boolean } = { isTyped: false },
): InferredTable {
  const given = fieldNamesFor(header, specification)
  const sources = given.flatMap((name, index) => (name === null ? [] : [index]))
  const names = uniqueNames(given.filter((name) => name !== null))
  const named = finder(names, (name) => name)
  const types = new Map(
    Object.entries(specification.types).map(([name, type]) => [named(name) ?? name, type]),
  )
  const keys = new Set([...specification.key, ...specification.secondKey].map(foldName))
  const nothing = new Set(['', ...specification.nulls])
  const columns = names.map((name, at) => {
    const wanted = types.get(name)
    if (wanted !== undefined) return { name, type: wanted, kept: undefined }
    const values = records
      .map((fields) => fields[sources[at] ?? -1] ?? '')
      .filter((value) => !nothing.has(textOfValue(value)))
    const isKey = keys.has(foldName(name))
    const texts = values.map(textOfValue)
    if (isTyped) return { name, type: inferTyped(values, { isKey }), kept: undefined }
    const type = inferType(texts, { isKey })
    return { name, type, kept: type === 'text' ? keptAsText(texts) : undefined }
  })
  const inferred = columns.filter(({ name }) => !types.has(name))
  return {
    name: specification.table,
    columns: columns.map(({ name, type }) => ({ name, type })),
    primaryKey: specification.key.map((wanted) => named(wanted) ?? wanted),
    inferred: inferred.filter(({ type }) => type !== 'text').map(({ name }) => name),
    reasons: reasonsOf(inferred, records.length),
  }
}

function reasonsOf(
  columns: (NewTable['columns'][number] & { kept: string | undefined })[],
  count: number,
): Message[] {
  const typed = columns.filter(({ type }) => type !== 'text')
  const kept = columns.flatMap(({ name, kept: text }) =>
    text === undefined ? [] : [`${name} (${shorten(text)})`],
  )
  const reasons: Message[] = []
  if (typed.length > 0) {
    const list = typed.map(({ name, type }) => `${name} ${type}`).join(', ')
    reasons.push({ code: 'TLY-1120', params: { count, typed: list } })
  }
  if (kept.length > 0) reasons.push({ code: 'TLY-1121', params: { columns: kept.join(', ') } })
  return reasons
}
