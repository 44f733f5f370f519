import type { Row, WritePlan } from '../../../domain/records/record.ts'
import type { TableShape } from '../statements/shape.ts'

const TEXTS = ['text', 'varchar', 'bpchar', 'citext', 'name']

/** An empty text is an empty field for types without an empty value, like numbers and dates. */
export function normalizer({ options }: WritePlan, { fields }: TableShape): (row: Row) => Row {
  const at = fields.flatMap(({ type, labels }, index) =>
    TEXTS.includes(type) || labels?.includes('') === true ? [] : [index],
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
