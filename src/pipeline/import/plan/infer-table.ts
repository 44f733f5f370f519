import type { NewTable } from '../../../db/store.ts'
import type { Message } from '../../../domain/words/messages.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { MadeType, Typing } from '../../../domain/records/table.ts'
import { MASK } from '../../../domain/records/mask.ts'
import { shorten } from '../../../domain/texts/shorten.ts'
import type { SampleRecord } from '../opening/source-profile.ts'
import { textOfValue, type SourceValue } from '../../values/typed-value.ts'
import { inferType, inferTyped, keptAsText } from '../../values/infer-type.ts'
import { uniqueNames } from '../../values/unique-names.ts'
import { finder, foldName } from '../../values/find-name.ts'
import { DEFAULT_FIELD_OPTIONS } from '../../../domain/specification/fields/field-options.ts'
import type { Stamps } from '../opening/stamps.ts'
import { madeFields } from '../fields/made-fields.ts'
import { preparationOf, type ValuePreparation } from '../fields/prepare-value.ts'
import { columnFinder, fieldNamesFor } from '../fields/source-names.ts'

export type InferredTable = NewTable & {
  /** Fields with a type that the records suggest; it may turn out too narrow. */
  inferred: string[]
  /** Messages about these types. */
  reasons: Message[]
}

type Inferring = { isTyped?: boolean; typing?: Typing; stamps?: Stamps | null }

/** Infers types with which every value of the first records round-trips. */
export function inferTable(
  header: string[],
  records: SampleRecord[],
  specification: ImportSpecification,
  { isTyped = false, typing = 'loose', stamps = null }: Inferring = {},
): InferredTable {
  const sources = columnsToMake(header, specification, stamps)
  const names = sources.map(({ name }) => name)
  const named = finder(names, (name) => name)
  const types = new Map(
    Object.entries(specification.types).map(([name, type]) => [named(name) ?? name, type]),
  )
  const keys = new Set([...specification.key, ...specification.secondKey].map(foldName))
  const nothing = new Set(['', ...specification.nulls])
  const columns = sources.map(({ name, index, isMasked, prepare }) => {
    const wanted = types.get(name)
    if (wanted !== undefined) return { name, type: widest(wanted, typing), kept: undefined }
    const given = records.map((fields) => fields[index] ?? '')
    const filled = given.map((value) => (nothing.has(textOfValue(value)) ? '' : value))
    const values = (prepare === undefined ? filled : prepared(prepare, filled, records)).filter(
      (value) => value !== '',
    )
    const isKey = keys.has(foldName(name))
    const texts = values.map(textOfValue)
    if (isTyped && prepare === undefined)
      return { name, type: inferTyped(values, { isKey, typing }), kept: undefined }
    const type = inferType(texts, { isKey, typing })
    return { name, type, kept: type === 'text' ? keptText(texts, { isMasked, typing }) : undefined }
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

/** Who asks for whole numbers gets all of them: no later value makes the column wider. */
function widest(type: MadeType, typing: Typing): MadeType {
  return type === 'integer' && typing === 'exact' ? 'bigint' : type
}

/** The columns of the source that get a field, and the fields made otherwise. */
function columnsToMake(
  header: string[],
  specification: ImportSpecification,
  stamps: Stamps | null,
) {
  const made = new Set(madeFields(specification).map(({ name }) => foldName(name)))
  const given = fieldNamesFor(header, specification)
  const indexes = given.flatMap((name, index) => (name === null ? [] : [index]))
  const mapped = uniqueNames(given.filter((name) => name !== null))
    .map((name, at) => ({ name, index: indexes[at] ?? -1 }))
    .filter(({ name }) => !made.has(foldName(name)))
  const others = madeFields(specification).map(({ name }) => ({ name, index: -1 }))
  const optionsOf = finder(Object.entries(specification.fields), ([name]) => name)
  const nulls = new Set(specification.nulls)
  const making = {
    columnNamed: columnFinder(header, specification),
    nulls,
    stamps,
    expressions: [],
  }
  return [...mapped, ...others].map((column) => {
    const [, options = DEFAULT_FIELD_OPTIONS] = optionsOf(column.name) ?? []
    return {
      ...column,
      isMasked: options.sensitive,
      prepare: preparationOf(options, { type: 'any' }, making),
    }
  })
}

/** The texts of a field as they are cast; those that do not fit have no say in its type. */
function prepared(
  prepare: ValuePreparation,
  values: SourceValue[],
  records: SampleRecord[],
): string[] {
  return values.flatMap((value, at) => {
    const fields = records[at] ?? []
    const text = prepare(textOfValue(value), { fields }, { record: at + 1, line: at + 1 }, [])
    return typeof text === 'string' ? [text] : []
  })
}

function keptText(
  texts: string[],
  { isMasked, typing }: { isMasked: boolean; typing: Typing },
): string | undefined {
  const kept = keptAsText(texts, typing)
  return kept !== undefined && isMasked ? MASK : kept
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
