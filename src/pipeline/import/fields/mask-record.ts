import { MASK } from '../../../domain/records/mask.ts'
import type { Violation } from '../../../domain/records/record.ts'
import type { FieldOptions } from '../../../domain/specification/fields/field-options.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { SourceReader, SourceRecord } from '../../formats/source-reader.ts'
import { textOfValue } from '../../values/typed-value.ts'
import { columnsShown } from './made-fields.ts'

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

/** Undefined if no field is sensitive. */
export function maskOf({ reader, header, specification, fields, keys }: Masked) {
  const sensitive = fields.filter(({ options }) => options.sensitive)
  if (sensitive.length === 0) return undefined
  const names = new Set(sensitive.map(({ name }) => name))
  const own = sensitive.flatMap(({ source }) => (source === -1 ? [] : [source]))
  const made = Object.entries(specification.fields).filter(([, { sensitive }]) => sensitive)
  const used = columnsShown(header, { ...specification, fields: Object.fromEntries(made) })
  const columns = new Set([...own, ...used])
  for (const { name, options } of fields) {
    const used = columnsShown(header, { ...specification, fields: { [name]: options } })
    if ([...used].some((at) => columns.has(at))) names.add(name)
  }
  const hasKey = keys.some((key) => names.has(key))

  const mask: PlanMask = {
    fields: names,
    raw(source, isReadable) {
      const raw = Buffer.from(source.raw, 'latin1')
      return (isReadable ? reader.mask?.(raw, columns) : undefined) ?? Buffer.from(MASK)
    },
    violation(source, { field, message }) {
      const isOwn = field !== null && names.has(field)
      const { fields } = source.read()
      const texts = [...columns].map((at) => textOfValue(fields[at])).filter((text) => text !== '')
      const params = Object.entries(message.params).map(([name, value]) => {
        if (typeof value === 'number') return [name, value] as const
        const isMasked =
          (isOwn && VALUES.includes(name)) ||
          (name === 'key' && hasKey) ||
          (name === 'value' && message.code === 'TLY-2020')
        return [name, isMasked ? MASK : without(value, texts)] as const
      })
      return { field, message: { ...message, params: Object.fromEntries(params) } }
    },
  }
  return mask
}

/** A text without these values, and without the rows that a database quotes. */
function without(text: string, values: string[]): string {
  const bare = text.replace(/(=|contains )\(.*\)/gs, `$1(${MASK})`)
  return values.reduce((before, value) => before.replaceAll(value, MASK), bare)
}
