import { MASK } from '../../../domain/records/mask.ts'
import type { Violation } from '../../../domain/records/record.ts'
import type { FieldOptions } from '../../../domain/specification/fields/field-options.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { SourceReader, SourceRecord } from '../../formats/source-reader.ts'
import { foldName } from '../../values/find-name.ts'
import { textOfValue } from '../../values/typed-value.ts'
import { columnsShown } from './made-fields.ts'
import { sensitiveColumns } from './source-names.ts'

/** Masks sensitive values in what is stored of a record, so that nothing later can show them. */
export type RecordMask = {
  /** The bytes to store; of a record that cannot be read, none are known to be harmless. */
  raw(source: SourceRecord, isReadable: boolean): Buffer
  violation(source: SourceRecord, violation: Violation): Violation
}

/** The mask of a plan. */
export type PlanMask = RecordMask & {
  /** The sensitive fields, and those that are made of the same columns. */
  fields: ReadonlySet<string>
  /** The columns of the source that have sensitive values. */
  columns: ReadonlySet<number>
}

type Masked = {
  reader: Pick<SourceReader, 'mask'>
  header: string[]
  specification: ImportSpecification
  fields: { name: string; source: number; options: FieldOptions }[]
  /** Both keys. */
  keys: string[]
}

/** Parameters of messages with a value of the field that they are about. */
const VALUES = ['value', 'given', 'stored', 'detail', 'key']

/**
 * Parameters that say what the job or its table wants. Nothing of a record is in them, and a mask
 * would tell that a sensitive value is the same.
 */
const WANTED = new Set(
  'sample listed wanted type table column fields least most below digits seconds'.split(' '),
)

/** Undefined if nothing is sensitive. */
export function maskOf({ reader, header, specification, fields, keys }: Masked) {
  const sensitive = fields.filter(({ options }) => options.sensitive)
  const given = sensitiveColumns(header, specification)
  if (sensitive.length === 0 && given.size === 0) return undefined
  const names = new Set(sensitive.map(({ name }) => name))
  const own = sensitive.flatMap(({ source }) => (source === -1 ? [] : [source]))
  const made = Object.entries(specification.fields).filter(([, { sensitive }]) => sensitive)
  const used = columnsShown(header, { ...specification, fields: Object.fromEntries(made) })
  const columns = withNamesakes(header, new Set([...given, ...own, ...used]))
  for (const { name, source, options } of fields) {
    if (columns.has(source)) names.add(name)
    const used = columnsShown(header, { ...specification, fields: { [name]: options } })
    if ([...used].some((at) => columns.has(at))) names.add(name)
  }
  const hasKey = keys.some((key) => names.has(key))

  const mask: PlanMask = {
    fields: names,
    columns,
    raw(source, isReadable) {
      const raw = Buffer.from(source.raw, 'latin1')
      return (isReadable ? reader.mask?.(raw, columns) : undefined) ?? Buffer.from(MASK)
    },
    violation(source, { field, message, isRule }) {
      const isOwn = field !== null && names.has(field)
      const { fields } = source.read()
      const texts = [...columns].map((at) => textOfValue(fields[at])).filter((text) => text !== '')
      const params = Object.entries(message.params).map(([name, value]) => {
        const isOfJob = WANTED.has(name) || (name === 'detail' && isRule === true)
        if (typeof value === 'number' || isOfJob) return [name, value] as const
        const isMasked =
          (isOwn && VALUES.includes(name)) ||
          (name === 'key' && hasKey) ||
          (name === 'value' && message.code === 'TLY-2020') ||
          // A trigger may quote a value as it was read, or as the table has it, under any code.
          (name === 'detail' && field === null)
        return [name, isMasked ? MASK : without(value, texts)] as const
      })
      return { field, message: { ...message, params: Object.fromEntries(params) } }
    },
  }
  return mask
}

/** These columns, and those whose names differ from theirs in case alone: their values are alike. */
function withNamesakes(header: string[], columns: ReadonlySet<number>): Set<number> {
  const names = new Set([...columns].map((at) => foldName(header[at] ?? '')))
  names.delete('')
  const namesakes = header.flatMap((name, at) => (names.has(foldName(name)) ? [at] : []))
  return new Set([...columns, ...namesakes])
}

/** A text without these values, and without the rows that a database quotes. */
function without(text: string, values: string[]): string {
  const bare = text.replace(/(= ?|contains )\(.*\)/gs, `$1(${MASK})`)
  return values.reduce((before, value) => before.replaceAll(placesOf(value), MASK), bare)
}

/** Characters of a value that would be found by chance within other words. */
const SHORT = 3

/** A short value is looked for only where it stands alone. */
function placesOf(value: string): RegExp | string {
  if (value.length > SHORT) return value
  return new RegExp(
    `(?<![\\p{L}\\p{N}])${value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\p{L}\\p{N}])`,
    'gu',
  )
}
