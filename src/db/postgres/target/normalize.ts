import type { Row, WritePlan } from '../../../domain/records/record.ts'
import type { TableShape } from '../statements/shape.ts'

/** Types with an empty value: a text, and no bytes, bits or words. */
const WITH_EMPTY = 'text varchar bpchar citext name bytea varbit tsvector tsquery'.split(' ')

/** An empty text is an empty field for types without an empty value, like numbers and dates. */
export function normalizer({ options }: WritePlan, { fields }: TableShape): (row: Row) => Row {
  const at = fields.flatMap(({ type, labels }, index) =>
    WITH_EMPTY.includes(type) || labels?.includes('') === true ? [] : [index],
  )
  return (row) => {
    if (!at.some((index) => row.values[index] === '')) return row
    const values = row.values.map((value, index) => {
      if (value !== '' || !at.includes(index)) return value
      return options[index]?.emptyOverwrites === true ? null : undefined
    })
    return { ...row, values }
  }
}
